package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"officeimporter/internal/simulator"
)

// diskError is what a disk answers at the nth step of a name.
type diskError struct {
	step  string
	nth   int
	errno syscall.Errno
	short bool // a part is written before
}

func (e diskError) String() string {
	words := e.errno.Error()
	if e.short {
		words += " after a part"
	}
	return fmt.Sprintf("%s %d, %s", e.step, e.nth, words)
}

// befall is the error, once. A write of a part is followed by one of the rest.
func (e diskError) befall() func(*step) deed {
	met, rest := 0, false
	return func(s *step) deed {
		if s.call.done {
			return deed{}
		}
		if rest && s.on == "journal" {
			rest = false
			return deed{errno: e.errno}
		}
		if s.name() != e.step {
			return deed{}
		}
		if met++; met != e.nth {
			return deed{}
		}
		if rest = e.short; rest {
			return deed{bytes: 20}
		}
		return deed{errno: e.errno}
	}
}

// diskErrors are what disks answer to a step.
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

// TestDiskFails lets every step of a run that concerns a disk fail, once. The
// program must stop, and send nothing whose Begin is not known to be on disk;
// it must never use a journal again that failed. A run on a disk that works
// again must go on from there, whether what was not synced is there or lost.
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
	w.befall = e.befall()
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

// met says whether a step failed as was meant.
func (e diskError) met(steps []*step) bool {
	for _, s := range steps {
		if s.call.errno == e.errno {
			return true
		}
	}
	return false
}

// status is what the exit status must be. A report whose name can't be had
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

// The server hears of no row once the journal has failed, however many workers
// and rows there are.
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
