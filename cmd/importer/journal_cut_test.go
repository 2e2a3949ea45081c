package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
)

// cutJournal is a journal of three created rows, which tests cut in its last two
// lines. A Begin or a Finish that was on disk is lost then.
type cutJournal struct {
	*crash
	path string
	text []byte
	from int // offset of the last two lines
}

func newCutJournal(t *testing.T) *cutJournal {
	t.Helper()
	c := &crash{rows: 3, program: buildProgram(t), flags: []string{"--timeout", "700ms", "--settle", "400ms", "--workers", "1"}}
	c.setUp(t, simulator.Config{})
	if status, output := c.run(t, nil); status != exitDone {
		t.Fatalf("exit status %d\n%s", status, output)
	}
	path := c.journal(t)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	last := lines[len(lines)-3 : len(lines)-1]
	return &cutJournal{crash: c, path: path, text: text, from: len(text) - len(last[0]) - len(last[1])}
}

// TestCutJournalSendsNothingTwice checks a file with the journal cut at every byte of
// its last two lines. A row is ready only if its Begin is lost, and not even then if
// the list of offices is known.
func TestCutJournalSendsNothingTwice(t *testing.T) {
	t.Parallel()
	c := newCutJournal(t)
	to, err := importer.ParseServer(c.server.URL())
	if err != nil {
		t.Fatal(err)
	}
	made := c.server.Truth().Created
	path := filepath.Join(t.TempDir(), "cut.journal")
	for size := c.from; size <= len(c.text); size++ {
		if err := os.WriteFile(path, c.text[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := journal.Open(path, journal.Header{Server: to.URL.String(), Input: "offices.csv"}) // repairs it, as a run does
		if err == nil {
			err = kept.Close()
		}
		if err != nil {
			t.Fatalf("cut at %d: %v", size, err)
		}
		blind, seeing := c.judge(t, path, importer.Server{}), c.judge(t, path, to)
		for i := range blind {
			begun := bytes.Contains(whole(c.text[:size]), fmt.Appendf(nil, `"name":"Branch %d"`, i+1))
			if (blind[i].status == "ready") == begun {
				t.Errorf("cut at %d: row %d is %s, begun: %v", size, i+2, blind[i].status, begun)
			}
			if id := seeing[i].officeID; seeing[i].status == "ready" || id != "" && id != made[i].ID {
				t.Errorf("cut at %d: row %d, whose office is listed, is %s, office %q", size, i+2, seeing[i].status, id)
			}
		}
	}
}

// whole returns a text up to the end of its last complete line.
func whole(text []byte) []byte { return text[:bytes.LastIndexByte(text, '\n')+1] }

// TestCutJournalGoesOn runs the program with journals cut in their last two lines.
// It sends nothing, and reports the right office for each row.
func TestCutJournalGoesOn(t *testing.T) {
	t.Parallel()
	c := newCutJournal(t)
	finish := bytes.LastIndexByte(c.text[:len(c.text)-1], '\n') + 1
	for _, size := range []int{c.from, c.from + 1, (c.from + finish) / 2, finish - 1, finish, finish + 1, (finish + len(c.text)) / 2, len(c.text) - 1, len(c.text)} {
		if err := os.WriteFile(c.path, c.text[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		status, output := c.run(t, nil)
		if status != exitDone {
			t.Fatalf("cut at %d: exit status %d\n%s", size, status, output)
		}
		want := "created"
		if size < finish { // not even the Begin is complete
			want = "exists"
		}
		text, err := os.ReadFile(filepath.Join(c.dir, "offices.report.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := readReport(string(text))
		if err != nil || len(rows) != 3 {
			t.Fatalf("cut at %d: %d rows: %v", size, len(rows), err)
		}
		created := c.server.Truth().Created
		if rows[2].status != want || rows[2].officeID != created[2].ID || len(created) != 3 {
			t.Errorf("cut at %d: the report says %+v, want %s; %d offices were created", size, rows[2], want, len(created))
		}
	}
}

// judge returns what a check reports for each row, by a journal and, if a server is
// given, by its list of offices.
func (c *cutJournal) judge(t *testing.T, path string, to importer.Server) []reportRow {
	t.Helper()
	f, err := importer.Open(filepath.Join(c.dir, "offices.csv"), importer.Input{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	report := filepath.Join(t.TempDir(), "check.csv")
	_, err = f.Check(t.Context(), importer.Options{Target: importer.Target{Server: to, Journal: path, State: t.TempDir(),
		Key: func() (api.Secret, error) { return api.NewSecret(secret), nil }}, Reports: []importer.Report{{Path: report}}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readReport(string(text))
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d results: %v", len(rows), err)
	}
	return rows
}
