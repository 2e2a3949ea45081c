package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/simulator"
)

// stepsVariable makes the tests try every step of a run if it is "all": about a
// thousand runs. Otherwise they try each kind of step once or twice, and in stories
// with rows in doubt only steps of the journal and the network.
const stepsVariable = "IMPORTER_CRASH_STEPS"

// kill is where a run is killed: at the nth step with a name. It is killed before
// the step, or after it, together with a power cut.
type kill struct {
	step  string
	nth   int
	after bool
}

func (k kill) String() string {
	if k.after {
		return fmt.Sprintf("power cut after %s %d", k.step, k.nth)
	}
	return fmt.Sprintf("kill before %s %d", k.step, k.nth)
}

// onStep returns a function for witness.onStep that kills once.
func (k kill) onStep() func(*step) action {
	met := 0
	return func(s *step) action {
		if s.call.done != k.after || s.name() != k.step {
			return action{}
		}
		met++
		return action{kill: met == k.nth}
	}
}

// story is a run that is tried with a kill at each of its steps.
type story struct {
	faults []simulator.Fault // of the first attempt of each row
	before *kill             // how an earlier run was killed; nil: no earlier run
}

// In the stories doubt and resume the run must find out what became of rows: an
// answer was lost, or an office was not created.
var stories = map[string]story{
	"calm":   {faults: []simulator.Fault{simulator.None, simulator.None, simulator.None}},
	"doubt":  {faults: []simulator.Fault{simulator.AnswerLost, simulator.ResetBefore, simulator.None}},
	"resume": {faults: []simulator.Fault{simulator.AnswerLost, simulator.ResetBefore, simulator.None}, before: &kill{step: "journal write Finish", nth: 1}},
}

// stepsOfEveryRun are kinds of steps that every run has.
var stepsOfEveryRun = []string{"state lock", "state write", "state sync", "state rename", "journal open", "journal lock", "journal write header",
	"journal sync", "folder sync", "network connect", "network write GET", "network read", "journal write baseline", "journal write Begin",
	"network write POST", "journal write Finish", "report open", "report write", "report sync", "report rename"}

// TestKilledAtEveryStep kills the program before each step of a run, and cuts the
// power after each, which loses what was not synced. After a second run every row
// must be an office exactly once, and the report must say so.
func TestKilledAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Parallel()
	needTracing(t)
	program := buildProgram(t)
	for name, s := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, k := range s.kills(t, program) {
				t.Run(k.String(), func(t *testing.T) {
					t.Parallel()
					s.killed(t, program, k)
				})
			}
		})
	}
}

// start sets up a story up to the run that will be killed.
func (s story) start(t *testing.T, program string) *crash {
	t.Helper()
	c := &crash{rows: len(s.faults), program: program, flags: []string{"--timeout", "700ms", "--settle", "400ms"}}
	c.setUp(t, simulator.Config{Decide: s.decide, Latency: simulator.Latency{After: 120 * time.Millisecond}})
	if s.before != nil {
		w := newWitness(t, c)
		w.onStep = s.before.onStep()
		if status, output := w.watch(t); status != -1 {
			t.Fatalf("the first run was not killed: exit status %d\n%s", status, output)
		}
	}
	return c
}

// doubtful reports whether the run must find out what became of rows.
func (s story) doubtful() bool { return s.faults[0] != simulator.None }

func (s story) decide(c simulator.Call) simulator.Fault {
	for i, fault := range s.faults {
		if c.Name == fmt.Sprintf("Branch %d", i+1) && c.Attempt == 1 {
			return fault
		}
	}
	return simulator.None
}

// kills returns every way to kill the story's run.
func (s story) kills(t *testing.T, program string) (kills []kill) {
	t.Helper()
	w := newWitness(t, s.start(t, program))
	if status, output := w.watch(t); status != exitDone {
		t.Fatalf("undisturbed: exit status %d\n%s", status, output)
	}
	w.wantEachOnce(t)
	count := map[string]int{}
	for _, step := range w.steps {
		name := step.name()
		count[name]++
		if os.Getenv(stepsVariable) != "all" && (count[name] > 1 || s.doubtful() && step.on != "journal" && step.on != "network") {
			continue
		}
		if name != "network read" {
			kills = append(kills, kill{name, count[name], false})
		}
		kills = append(kills, kill{name, count[name], true})
	}
	for _, name := range stepsOfEveryRun {
		if count[name] == 0 && s.before == nil {
			t.Errorf("the run had no step %q", name)
		}
	}
	t.Logf("%d steps, of %d kinds", len(w.steps), len(count))
	return kills
}

// killed runs the story with a kill, and then another run. Goroutines may take turns
// differently from the run that was counted, so a last step may not happen.
func (s story) killed(t *testing.T, program string, k kill) {
	w := newWitness(t, s.start(t, program))
	w.onStep = k.onStep()
	status, output := w.watch(t)
	switch status {
	case -1:
	case exitDone:
		t.Log("the step didn't come")
	default:
		t.Fatalf("exit status %d\n%s", status, output)
	}
	if k.after {
		w.powerCut(t)
	}
	left := w.temporary(t)
	if status, output = w.run(t, nil); status != exitDone {
		t.Errorf("the run after: exit status %d, want 0:\n%s", status, output)
	}
	w.wantEachOnce(t)
	for _, file := range w.temporary(t) {
		if !slices.Contains(left, file) {
			t.Errorf("the run after has left %s", file)
		}
	}
	w.wantSettled(t)
}

// temporary returns the temporary files, which were not renamed yet.
func (c *crash) temporary(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.dir, ".*"))
	inState, err2 := filepath.Glob(filepath.Join(c.dir, "state", ".*"))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	return append(files, inState...)
}

// wantSettled checks that the lock says that no unknown rows are left.
func (c *crash) wantSettled(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.dir, "state", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v hold locks, want one: %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), `"unsettled": false`) {
		t.Errorf("the lock was left as %s (%v)", text, err)
	}
}

// needTracing skips a test if programs can't be traced here.
func needTracing(t *testing.T) {
	t.Helper()
	status, err := trace(exec.Command("true"), func(*call) action { return action{} })
	traced, err2 := mustBeThere("the right to trace a program (ptrace)", err == nil && status.ExitStatus() == 0)
	if err2 != nil {
		t.Fatal(err2)
	}
	if !traced {
		t.Skipf("this needs the right to trace a program (ptrace): %v", err)
	}
}
