package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"officeimporter/internal/simulator"
)

// diskError is an error of the disk at the nth step with a name.
type diskError struct {
	step  string
	nth   int
	errno syscall.Errno
	short bool // part of the data is written first
}

func (e diskError) String() string {
	words := e.errno.Error()
	if e.short {
		words += " after a part"
	}
	return fmt.Sprintf("%s %d, %s", e.step, e.nth, words)
}

// onStep returns a function for witness.onStep that fails once. After a short write
// the write of the rest fails.
func (e diskError) onStep() func(*step) action {
	met, rest := 0, false
	return func(s *step) action {
		if s.call.done {
			return action{}
		}
		if rest && s.on == "journal" {
			rest = false
			return action{errno: e.errno}
		}
		if s.name() != e.step {
			return action{}
		}
		if met++; met != e.nth {
			return action{}
		}
		if rest = e.short; rest {
			return action{bytes: 20}
		}
		return action{errno: e.errno}
	}
}

// diskErrors returns the errors that a disk may return at a step.
func diskErrors(name string, nth int) []diskError {
	var all []diskError
	add := func(errnos ...syscall.Errno) {
		for _, errno := range errnos {
			all = append(all, diskError{step: name, nth: nth, errno: errno})
		}
	}
	on, what, _ := strings.Cut(name, " ")
	switch what, _, _ = strings.Cut(what, " "); {
	case on == "network" || what == "remove":
	case what == "write":
		add(syscall.EIO, syscall.ENOSPC, syscall.EINTR)
		if on == "journal" {
			all = append(all, diskError{step: name, nth: nth, errno: syscall.ENOSPC, short: true})
		}
	case what == "sync":
		add(syscall.EIO, syscall.EINTR)
	case what == "open", what == "make":
		add(syscall.EROFS)
	case what == "lock":
		add(syscall.ENOLCK)
	case what == "rename":
		add(syscall.EIO)
	}
	return all
}

// TestDiskFails makes each disk step of a run fail, once. The program must stop, send
// nothing whose Begin may not be on disk, and never use a failed journal again. Once
// the disk works, the next run must go on from there, whether or not the data that
// was not synced is lost.
func TestDiskFails(t *testing.T) {
	if testing.Short() {
		t.Skip("stops the program at each system call")
	}
	t.Parallel()
	needTracing(t)
	program, s := buildProgram(t), stories["calm"]
	w := newWitness(t, s.start(t, program))
	if status, output := w.watch(t); status != exitDone {
		t.Fatalf("undisturbed: exit status %d\n%s", status, output)
	}
	count := map[string]int{}
	for _, step := range w.steps {
		name := step.name()
		count[name]++
		if count[name] > 2 && os.Getenv(stepsVariable) != "all" {
			continue
		}
		for _, e := range diskErrors(name, count[name]) {
			t.Run(e.String(), func(t *testing.T) {
				t.Parallel()
				s.failed(t, program, e)
			})
		}
	}
}

func (s story) failed(t *testing.T, program string, e diskError) {
	w := newWitness(t, s.start(t, program))
	w.onStep = e.onStep()
	status, output := w.watch(t)
	if met, want := e.met(w.steps), e.status(len(w.sent) > 0); !met {
		t.Logf("the step didn't come, exit status %d", status)
	} else if status != want || want != exitDone && !strings.Contains(output, e.errno.Error()) {
		t.Errorf("exit status %d, want %d, and the disk's words:\n%s", status, want, output)
	}
	if e.errno != syscall.EINTR {
		t.Logf("exit status %d, %d rows sent:\n%s", status, len(w.sent), output)
	}
	if strings.Contains(output, " .offices.report.csv.") {
		t.Errorf("it names a file that nobody knows:\n%s", output)
	}
	if e.nth == 1 {
		w.powerCut(t)
	}
	if left := w.temporary(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if status, output = w.run(t, nil); status != exitDone {
		t.Errorf("the run after: exit status %d, want 0:\n%s", status, output)
	}
	w.wantEachOnce(t)
	w.wantSettled(t)
}

// met reports whether a step failed with this error.
func (e diskError) met(steps []*step) bool {
	for _, s := range steps {
		if s.call.errno == e.errno {
			return true
		}
	}
	return false
}

// status returns what the exit status must be. A report that can't get its name
// takes another one.
func (e diskError) status(sent bool) int {
	on, _, _ := strings.Cut(e.step, " ")
	switch {
	case e.errno == syscall.EINTR, e.step == "report rename":
		return exitDone
	case sent, on == "journal", on == "folder":
		return exitStopped
	}
	return exitNothing
}

// Once the journal has failed, no row is sent, however many workers and rows there
// are.
func TestDiskFailsUnderWay(t *testing.T) {
	if testing.Short() {
		t.Skip("stops the program at each system call")
	}
	t.Parallel()
	needTracing(t)
	s := story{faults: make([]simulator.Fault, 30)}
	program := buildProgram(t)
	for _, e := range []diskError{
		{step: "journal sync", nth: 9, errno: syscall.EIO},
		{step: "journal write Begin", nth: 5, errno: syscall.EIO},
		{step: "journal write Finish", nth: 3, errno: syscall.ENOSPC},
		{step: "journal write Finish", nth: 2, errno: syscall.ENOSPC, short: true},
	} {
		t.Run(e.String(), func(t *testing.T) {
			t.Parallel()
			s.failed(t, program, e)
		})
	}
}
