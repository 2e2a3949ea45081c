package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"officeimporter/internal/simulator"
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

// TestCutJournalGoesOn runs the program with journals that were cut in their
// last two lines: it sends nothing, and says which office is whose.
func TestCutJournalGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program again and again")
	}
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
