package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// night is one run of a scheduled import: what is different from the night before,
// and how the run ends.
type night struct {
	what   string
	file   string         // from now on; empty: as before
	before func(*week)    // called before the run
	key    string         // empty: the right one
	kill   int            // the POST at which the run is killed; 0: it isn't
	flags  []string       // besides those of every night
	exit   int            // -1: killed
	says   string         // in the log
	counts map[string]int // rows by status; nil: there is no summary
	made   int            // new offices by the summary
	left   int            // rows that have left the file
	posts  int            // that the server gets, or anyNumber
}

// anyNumber is for numbers that depend on how far a run had come when it was killed.
const anyNumber = -1

// rowsTo returns valid rows, numbered from 1.
func rowsTo(last int) string {
	text := officesHeading
	for n := range last {
		text += officeRow(n + 1)
	}
	return text
}

// theWeek is the nights in order. The company has no offices at first.
var theWeek = []night{
	{what: "the first rows", file: rowsTo(6), counts: map[string]int{"created": 6}, made: 6, posts: 6},
	{what: "more rows", file: rowsTo(9), counts: map[string]int{"created": 9}, made: 3, posts: 3},
	{what: "the key is refused", file: rowsTo(12), key: "sk-of-yesterday", exit: exitStopped, says: "the server refused the API key",
		counts: map[string]int{"created": 9, "pending": 3}},
	{what: "the server is down", before: (*week).takeDown, exit: exitStopped, says: "no call got through to the server",
		counts: map[string]int{"created": 9, "pending": 3}},
	{what: "it is back, and the run is killed", before: (*week).bringUp, file: rowsTo(20), kill: 5, flags: []string{"--workers", "3"}, exit: -1, posts: anyNumber},
	{what: "what was under way is found", counts: map[string]int{"created": 20}, made: anyNumber, posts: anyNumber},
	{what: "a file without a heading", file: strings.Replace(rowsTo(20), "Country,", "Cuontry,", 1), exit: exitNothing, says: "Cuontry"},
	{what: "a row is broken", file: rowsTo(20) + strings.Replace(officeRow(21), ",EUR,", ",DM,", 1), exit: exitPerson,
		counts: map[string]int{"created": 20, "invalid": 1}},
	{what: "it was corrected", file: rowsTo(21), counts: map[string]int{"created": 21}, made: 1, posts: 1},
	{what: "a row vanished, another changed", file: strings.Replace(strings.Replace(rowsTo(21), officeRow(4), "", 1), "Hafenstr. 7,", "Hafenstr. 70,", 1),
		counts: map[string]int{"created": 20}, left: 1},
	{what: "nothing new", counts: map[string]int{"created": 20}, left: 1},
	{what: "the journal is lost", before: (*week).loseJournal, counts: map[string]int{"exists": 20}},
	{what: "and a new row comes", file: rowsTo(22), counts: map[string]int{"exists": 21, "created": 1}, made: 1, posts: 1},
}

// TestAWeekOfNights is a scheduled import over many nights: the same file, which
// grows, and everything that can go wrong in between. No office is created twice, and
// the exit status, log and metrics say what happened.
func TestAWeekOfNights(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program night after night")
	}
	t.Parallel()
	w := newWeek(t)
	for i := range theWeek {
		n := &theWeek[i]
		if !t.Run(fmt.Sprintf("%d %s", i+1, n.what), func(t *testing.T) { w.night(t, n) }) {
			return // later nights depend on it
		}
	}
	if created := len(w.server.Truth().Created); created != 22 {
		t.Errorf("%d offices were created, want 22", created)
	}
}

// night runs one night and checks everything about it.
func (w *week) night(t *testing.T, n *night) {
	if n.before != nil {
		n.before(w)
	}
	if n.file != "" {
		w.write(t, "offices.csv", n.file)
	}
	metrics, posts := w.metrics(t), w.posts()
	ran := w.run(t, n)
	if ran.exit != n.exit {
		t.Fatalf("exit status %d, want %d; it said:\n%s", ran.exit, n.exit, ran.log)
	}
	w.wantLog(t, n, ran)
	w.wantMetrics(t, n, metrics, ran)
	if n.exit != -1 {
		wantSummary(t, n, ran.summary)
	}
	if met := w.posts() - posts; n.posts != met && n.posts != anyNumber {
		t.Errorf("the server got %d POSTs, want %d", met, n.posts)
	}
	w.wantLock(t, n.exit == -1)
	if more := w.server.Truth().Verdict().More; len(more) > 0 {
		t.Errorf("offices were created more than once: %v", more)
	}
	if n.exit == exitDone {
		w.wantQuiet(t)
	}
}

// wantQuiet runs once more with --quiet: nothing is printed and nothing is sent.
func (w *week) wantQuiet(t *testing.T) {
	t.Helper()
	posts := w.posts()
	command := w.command(secret, "--quiet")
	if output, err := command.CombinedOutput(); err != nil || len(output) > 0 || w.posts() != posts {
		t.Errorf("quiet: %v, and it said:\n%s", err, output)
	}
}

// loseJournal deletes the journal.
func (w *week) loseJournal() {
	files, _ := filepath.Glob(filepath.Join(w.dir, "*.journal")) // the pattern is not malformed
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			panic(err)
		}
	}
}
