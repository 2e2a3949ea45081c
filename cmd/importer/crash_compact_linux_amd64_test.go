package main

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"officeimporter/internal/journal"
	"officeimporter/internal/simulator"
)

// stepsOfCompaction are the steps that compact a journal, in order.
var stepsOfCompaction = []string{"smaller open", "smaller open", "smaller lock", "smaller write", "smaller sync", "smaller rename", "folder sync"}

// compaction is the program with a journal that is due for compaction. An earlier
// run was killed, so the journal has rows in doubt too.
func compaction(t *testing.T, program string) *crash {
	t.Helper()
	c := story{faults: []simulator.Fault{simulator.AnswerLost, simulator.ResetBefore, simulator.None},
		before: &kill{step: "journal write Finish", nth: 1}}.start(t, program)
	text, err := os.ReadFile(c.journal(t))
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(c.journal(t), headerOf(t, c))
	if err != nil {
		t.Fatal(err)
	}
	for _, ids := range [][]string{slices.Repeat([]string{"5068549370000000"}, 250_000), nil} { // the last line is kept, so make it short
		if _, err := j.Baseline("", ids); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(c.journal(t)); err != nil || info.Size() < int64(len(text))+4<<20 {
		t.Fatalf("the journal has %d bytes (%v)", info.Size(), err)
	}
	return c
}

// headerOf returns the header of the program's journal.
func headerOf(t *testing.T, c *crash) journal.Header {
	t.Helper()
	j, err := journal.Read(c.journal(t))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	return j.Header()
}

// TestKilledWhileCompacting kills the program before and after each step of
// compacting its journal. The next run knows all rows that were sent, and every row
// becomes an office exactly once.
func TestKilledWhileCompacting(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Parallel()
	needTracing(t)
	program := buildProgram(t)
	w := newWitness(t, compaction(t, program))
	if status, output := w.watch(t); status != exitDone {
		t.Fatalf("undisturbed: exit status %d\n%s", status, output)
	}
	w.wantEachOnce(t)
	w.wantSmall(t)
	wantInOrder(t, w.steps)
	for _, step := range slices.Compact(slices.Clone(stepsOfCompaction)) {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, done %v", step, after), func(t *testing.T) {
				t.Parallel()
				killedCompacting(t, program, step, after)
			})
		}
	}
}

// wantInOrder checks that the new file is on disk before it gets the name of the
// journal, and that the name is on disk before anything else is written.
func wantInOrder(t *testing.T, steps []*step) {
	t.Helper()
	var names []string
	for _, s := range steps {
		names = append(names, s.name())
	}
	at := slices.Index(names, stepsOfCompaction[0])
	for _, want := range stepsOfCompaction {
		if at < 0 || at >= len(names) || names[at] != want {
			t.Fatalf("the steps are %q, want %q among them, in a row", names, stepsOfCompaction)
		}
		at++
	}
}

// wantSmall checks that the journal was compacted.
func (c *crash) wantSmall(t *testing.T) {
	t.Helper()
	if info, err := os.Stat(c.journal(t)); err != nil || info.Size() > 20_000 {
		t.Errorf("the journal has %d bytes (%v)", info.Size(), err)
	}
}

// killedCompacting kills a run at a step, and checks that the next one recovers.
func killedCompacting(t *testing.T, program, at string, after bool) {
	w := newWitness(t, compaction(t, program))
	compacting := false
	w.onStep = func(s *step) action {
		compacting = compacting || s.on == "smaller"
		return action{kill: compacting && s.name() == at && s.call.done == after}
	}
	if status, output := w.watch(t); status != -1 {
		t.Fatalf("it was not killed: exit status %d\n%s", status, output)
	}
	if status, output := w.run(t, nil); status != exitDone {
		t.Errorf("the run after: exit status %d\n%s", status, output)
	}
	w.wantEachOnce(t)
	w.wantSmall(t)
	w.wantSettled(t)
	if left := w.temporary(t); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
}
