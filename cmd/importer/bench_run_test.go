//go:build linux || darwin

package main

import (
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal"
	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// BenchmarkFirstPost resumes a run with ten rows left. It should stay below 2
// s-to-post: the time from its start to its first POST, without the time for the
// list of offices.
func BenchmarkFirstPost(b *testing.B) {
	const rows, left = 100_000, 10
	programs := buildPrograms(b)
	file := programs.generate(b, "offices.csv", rows)
	s := newWatched(b)
	journal := filepath.Join(string(programs), "offices.journal")
	writeJournal(b, file, journal, s.url, rows-left)
	bare := programs.run(b, "bareread", file)
	started := time.Now()
	programs.run(b, "importer", s.args("run", file, "--journal", journal)...)
	if made := len(s.simulator.Truth().Created); made != left {
		b.Fatalf("%d offices were created, want %d", made, left)
	}
	toPost := s.posted.Sub(started) - s.listed
	b.ReportMetric(toPost.Seconds(), "s-to-post")
	b.ReportMetric(float64(toPost)/float64(bare.wall), "x-bare")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkSending should stay below 5 %-of-a-core: the processor time for 200
// more rows, at the full rate of 20 calls a second.
func BenchmarkSending(b *testing.B) {
	programs := buildPrograms(b)
	send := func(rows int) usage {
		s := newWatched(b)
		file := programs.generate(b, strconv.Itoa(rows)+".csv", rows)
		return programs.run(b, "importer", s.args("run", file)...)
	}
	few, many := send(20), send(220)
	b.ReportMetric(100*float64(many.cpu-few.cpu)/float64(many.wall-few.wall), "%-of-a-core")
	b.ReportMetric(200/(many.wall-few.wall).Seconds(), "calls/s")
	b.ReportMetric(0, "ns/op")
}

// watched is a simulator that notes when it is called.
type watched struct {
	simulator *simulator.Server
	url       string

	mu     sync.Mutex
	listed time.Duration // time taken by calls before the first POST
	posted time.Time     // time of the first POST
}

func newWatched(b *testing.B) *watched {
	b.Setenv("IMPORTER_STATE_DIR", b.TempDir())
	b.Setenv("DIALPAD_API_KEY", secret)
	s := &watched{simulator: simulator.New(simulator.Config{})}
	server := httptest.NewServer(s)
	b.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// args adds the flags for the simulator to a command line.
func (s *watched) args(args ...string) []string {
	return append(args, "--yes", "--server", s.url)
}

func (s *watched) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	s.mu.Lock()
	if r.Method == http.MethodPost && s.posted.IsZero() {
		s.posted = start
	}
	s.mu.Unlock()
	s.simulator.ServeHTTP(w, r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.posted.IsZero() {
		s.listed += time.Since(start)
	}
}

// writeJournal writes the journal of a run that has created the first n rows of a file.
func writeJournal(b *testing.B, file, path, address string, n int) {
	b.Helper()
	s, _, err := (&importer.Input{}).OpenSheet(file)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	m, err := mapping.New(mapping.Options{})
	if err != nil {
		b.Fatal(err)
	}
	plan, err := m.Bind(s)
	if err != nil {
		b.Fatal(err)
	}
	to, err := url.Parse(address)
	if err != nil {
		b.Fatal(err)
	}
	journal, err := journal.Open(path, journal.Header{Server: to.String(), Input: file, InputSHA256: hex.EncodeToString(s.SHA256[:])})
	if err != nil {
		b.Fatal(err)
	}
	var writers errgroup.Group
	writers.SetLimit(256) // share a sync
	for r, err := range plan.Requests() {
		if err != nil {
			b.Fatal(err)
		}
		if n--; n < 0 {
			break
		}
		writers.Go(func() error { return journalRow(journal, r) })
	}
	if err := writers.Wait(); err != nil {
		b.Fatal(err)
	}
	if err := journal.Close(); err != nil {
		b.Fatal(err)
	}
}

// journalRow records that a row was created by its first attempt.
func journalRow(journal *journal.Journal, r *office.Request) error {
	record := office.Record{Key: r.Key, Row: r.Row, Name: r.Office.Name, Country: r.Office.Country, Digest: r.Digest, Rest: r.Rest(),
		Outcome: office.Unknown, Attempts: 1, SentAt: time.Now().UTC(), Run: 1}
	if err := journal.Begin(record); err != nil {
		return err
	}
	record.Outcome, record.HTTPStatus, record.SettledAt = office.Created, http.StatusOK, time.Now().UTC()
	record.OfficeID = strconv.Itoa(5_000_000_000_000_000 + r.Row)
	return journal.Finish(record)
}
