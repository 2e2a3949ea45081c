package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit"
)

// The offices of the file: the one whose call fails stands between two others.
const (
	officeBefore = "Branch 1"
	theOffice    = "Branch 2"
	officeAfter  = "Branch 3"
)

// lateBy is after the first looks at the list, and within the settle window.
const lateBy = 40 * time.Second

// stage is a file of offices, a stand-in, and the line between them, in a
// synctest bubble: the real program but for the network.
type stage struct {
	t       *testing.T
	file    string
	job     *job // the file, read once for all runs until it is written again
	journal string
	to      server
	options runOptions
	books   *simulator.Server
	line    *line
	healed  atomic.Bool // nothing fails any more
	left    []byte      // the journal as a kill leaves it
	before  int         // attempts of theOffice in earlier runs
}

// newStage has a stand-in whose faults decide chooses until it has healed, and
// that closes connections which are idle for so long; 0: it doesn't.
func newStage(t *testing.T, decide func(simulator.Call) simulator.Fault, idle time.Duration) *stage {
	t.Helper()
	s := &stage{t: t, file: filepath.Join(t.TempDir(), "offices.csv"), line: newLine(`"name":"` + theOffice + `"`)}
	s.options.target = targetOptions{server: "http://127.0.0.1", rate: maxRate, timeout: time.Minute}
	s.options.send = sendOptions{workers: 1, settle: 45 * time.Second} // one: the rows' order is the file's
	s.options.output.json = true
	to, err := parseServer(s.options.target.server)
	if err != nil {
		t.Fatal(err)
	}
	s.to, s.journal = to, s.options.target.journalPath(s.file, to)
	s.books = simulator.New(simulator.Config{Faults: simulator.Faults{Late: simulator.Late{By: lateBy}},
		Decide: func(c simulator.Call) simulator.Fault {
			if s.healed.Load() {
				return simulator.None
			}
			return decide(c)
		}})
	s.line.leaves, s.line.begun = s.wantBegun, s.aboutToLeave
	web := &http.Server{Handler: s.books, IdleTimeout: idle}
	go func() { _ = web.Serve(s.line) }()
	t.Cleanup(func() { _ = errors.Join(s.books.Close(), web.Close()) })
	return s
}

// write puts the offices with these numbers into the file.
func (s *stage) write(numbers ...int) {
	s.t.Helper()
	text := officesHeading
	for _, n := range numbers {
		text += officeRow(n)
	}
	if err := os.WriteFile(s.file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
	j, err := openJob(s.file, &s.options.input)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.check(j.Close()) })
	s.job = j
}

// ending is what a run leaves behind.
type ending struct {
	status  int
	err     error
	summary summaryLine
	rows    []fullRow // of the report
	records map[string]office.Record
	bodies  map[string][]byte // of the rows' requests
}

// summaryLine is what is read of the summary that --json prints.
type summaryLine struct {
	Read   int            `json:"read"`
	Counts map[string]int `json:"counts"`
	Fault  string         `json:"fault"`
}

// fullRow is what is read of a line of the CSV report.
type fullRow struct{ status, officeID, name, attempts string }

// run runs the file as `importer run` does, whose call fails at a moment.
func (s *stage) run(m moment) ending {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	s.line.set(m, s.strike(m, cancel))
	e, out := ending{}, new(bytes.Buffer)
	e.err = s.session(ctx, newConsole(strings.NewReader(""), out, new(bytes.Buffer)), &e)
	e.status = exitStatus(e.err)
	synctest.Wait() // until the stand-in has noticed the ends of connections
	s.mend(m)
	e.records = s.records()
	if m != killed && m != killedAtWriting {
		s.read(&e, out.Bytes())
		s.wantWhole(e)
	}
	return e
}

// session is runOptions.locked less the lock and the question, with the line
// for a network.
func (s *stage) session(ctx context.Context, c console, e *ending) error {
	o, j := &s.options, s.job
	forecast, _, _, err := o.forecast(c, j, s.journal, s.to)
	if err != nil {
		return err
	}
	e.bodies = s.requests(j)
	journal, err := report.OpenJournal(s.journal, j.header(s.to, ""))
	if err != nil {
		return journalError(err)
	}
	defer func() { _ = journal.Close() }()
	run := o.session(c, j, s.to, submit.NewSecret(secret), journal, nil)
	run.connection.client = submit.NewClient(submit.ClientOptions{Server: s.to.url, Key: submit.NewSecret(secret),
		Timeout: o.target.timeout, Dial: s.line.Dial}, run.connection.limiter)
	defer run.connection.client.Close()
	return run.finish(ctx, o, forecast.Count(office.Ready))
}

func (s *stage) requests(j *job) map[string][]byte {
	bodies := map[string][]byte{}
	for r, err := range j.plan.Requests() {
		if err != nil {
			s.t.Fatal(err)
		}
		bodies[r.Office.Name] = r.Body
	}
	return bodies
}

// strike is what befalls the run itself, and not only its call. A kill leaves
// the journal as it is at that moment. The disk fails in that the journal is
// moved away, which is noticed when the next line is synced.
func (s *stage) strike(m moment, cancel func()) func() {
	switch m {
	case killed, killedAtWriting:
		return func() {
			defer cancel()
			var err error
			if s.left, err = os.ReadFile(s.journal); err != nil {
				s.t.Error(err)
			}
		}
	case diskFails:
		return func() { s.check(os.Rename(s.journal, s.journal+".moved")) }
	}
	return nil
}

// mend puts the journal in its place again, and takes away what a killed run
// would not have come to write.
func (s *stage) mend(m moment) {
	s.t.Helper()
	switch m {
	case killed, killedAtWriting:
		s.check(errors.Join(os.WriteFile(s.journal, s.left, 0o600), os.Remove(s.report())))
	case diskFails:
		s.check(errors.Join(os.Rename(s.journal+".moved", s.journal), tear(s.journal)))
	}
}

// tear takes away half of a file's last line.
func tear(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	last := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	return os.Truncate(path, int64(last+len(text))/2)
}

func (s *stage) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Error(err)
	}
}

func (s *stage) report() string { return s.options.paths(s.file)[0] }

// read takes in the summary and the report.
func (s *stage) read(e *ending, summary []byte) {
	s.t.Helper()
	s.check(json.Unmarshal(summary, &e.summary))
	text, err := os.ReadFile(s.report())
	s.check(err)
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(lines) == 0 {
		s.t.Fatalf("the report is %q: %v", text, err)
	}
	for _, cells := range lines[1:] {
		e.rows = append(e.rows, fullRow{status: cells[1], officeID: cells[2], name: cells[3], attempts: cells[8]})
	}
}

// records are what the journal on disk says of each office.
func (s *stage) records() map[string]office.Record {
	s.t.Helper()
	all := map[string]office.Record{}
	journal, err := report.ReadJournal(s.journal)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = journal.Close() }()
	for r, err := range journal.Records() {
		s.check(err)
		all[r.Name] = r
	}
	return all
}

// wantBegun demands that the journal on disk calls a row unknown, without an
// answer, before its call leaves.
func (s *stage) wantBegun(call []byte) {
	for name, r := range s.records() {
		if bytes.Contains(call, []byte(`"name":"`+name+`"`)) {
			if r.Outcome != office.Unknown || r.HTTPStatus != 0 || r.Attempts == 0 {
				s.t.Errorf("a call leaves, and the journal has its row as %s after %d attempts, HTTP %d", r.Outcome, r.Attempts, r.HTTPStatus)
			}
			return
		}
	}
	s.t.Errorf("a call leaves that the journal knows nothing of:\n%s", call)
}

// aboutToLeave says that the journal has the call that fails, which is the
// first of this run.
func (s *stage) aboutToLeave() bool {
	r := s.records()[theOffice]
	return r.Outcome == office.Unknown && r.Attempts == s.before+1
}
