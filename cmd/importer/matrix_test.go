package main

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// moment is when the network, the disk or the program itself fails, in addition to
// the simulator's fault.
type moment int

const (
	atServer      moment = iota // the fault alone
	idleClosed                  // before the call is written: the server has closed the idle connection
	refused                     // before: the connection is refused
	deadAtWriting               // before: the connection dies as the first byte is to be written on it
	firstByte                   // while it is written: one byte gets through
	allButOne                   // while it is written: all but the last byte
	noAnswer                    // after it is processed: the connection dies with the answer's first byte
	inHead                      // while the answer is read: in the headers
	inBody                      // while the answer is read: after the first byte of the body
	killed                      // between answer and journal: kill -9
	diskFails                   // between answer and journal: only half of the line is on disk
	moments

	killedAtWriting = moments // kill -9 between journal and call; for runs that are resumed later
)

func (m moment) String() string {
	return [...]string{"at the server", "idle closed", "refused", "dead at writing", "first byte", "all but one", "no answer",
		"in the head", "in the body", "killed", "disk fails"}[m]
}

// want is what must become of a row whose first call in a run fails.
type want struct {
	outcome  office.Outcome // in journal and report, after that run
	attempts int            // in both, in that run
	offices  int            // of this row, at the server
	status   int            // exit status of that run
	then     office.Outcome // after the next run, in which nothing fails
	needs    int            // attempts by then
	never    string         // why this can't happen; otherwise empty
}

// made is a row whose nth attempt succeeds.
func made(n int) want { return want{office.Created, n, 1, exitDone, office.Created, n, ""} }

// claimed is a row that the server claims to have created, but did not. It is never
// sent again.
func claimed(n int) want { return want{office.Unknown, n, 0, exitPerson, office.Unknown, n, ""} }

// ends is a row with a redirect, which ends the run. The next run settles the row and
// sends it again.
func ends(n int) want { return want{office.Unknown, n, 0, exitStopped, office.Created, n + 1, ""} }

// cutOff is a row whose call is in the journal, but not the answer. A killed run has
// neither a report nor an exit status.
func cutOff(offices, needs int) want {
	return want{office.Unknown, 1, offices, exitStopped, office.Created, needs, ""}
}

func never(why string) want { return want{never: why} }

// kinds groups the faults of the simulator by what must become of a row. Each kind is
// a line of the matrix.
var kinds = []struct {
	name   string
	faults []simulator.Fault
	wants  [moments]want
}{
	// at the server, idle closed, refused; dead at writing, first byte, all but
	// one; no answer, in the head, in the body; killed, disk fails
	{"answered", []simulator.Fault{simulator.None, simulator.LateListing}, [moments]want{
		made(1), made(1), made(1), made(2), made(2), made(2), made(1), made(1), made(1), cutOff(1, 1), cutOff(1, 1)}},
	{"silent, done", []simulator.Fault{simulator.AnswerLost, simulator.ResetAfter, simulator.HangAfter}, [moments]want{
		made(1), made(1), made(1), made(2), made(2), made(2), never(mute), never(mute), never(mute), cutOff(1, 1), cutOff(1, 1)}},
	{"silent, not done", []simulator.Fault{simulator.ResetBefore, simulator.HangBefore}, [moments]want{
		made(2), made(2), made(2), made(3), made(3), made(3), never(mute), never(mute), never(mute), cutOff(0, 2), cutOff(0, 2)}},
	{"no telling, done", []simulator.Fault{simulator.Status500After, simulator.Status502After, simulator.Status503After, simulator.Status504After,
		simulator.Status408After, simulator.Status409After, simulator.Status425After,
		simulator.Limited400After, simulator.Limited500After, simulator.Limited502After, simulator.Limited503After}, [moments]want{
		made(1), made(1), made(1), made(2), made(2), made(2), made(1), made(1), made(1), cutOff(1, 1), cutOff(1, 1)}},
	{"no telling, not done", []simulator.Fault{simulator.Status500Before, simulator.Status502Before, simulator.Status503Before, simulator.Status504Before,
		simulator.Status408Before, simulator.Status409Before, simulator.Status425Before, simulator.HTMLError}, [moments]want{
		made(2), made(2), made(2), made(3), made(3), made(3), made(2), made(2), made(2), cutOff(0, 2), cutOff(0, 2)}},
	{"claimed, done", []simulator.Fault{simulator.TruncatedBody, simulator.GarbageBody}, [moments]want{
		made(1), made(1), made(1), made(2), made(2), made(2), made(1), made(1), made(1), cutOff(1, 1), cutOff(1, 1)}},
	// A claim that did not arrive, or is not in the journal, does not count.
	{"claimed, not done", []simulator.Fault{simulator.HTMLPage}, [moments]want{
		claimed(1), claimed(1), claimed(1), claimed(2), claimed(2), claimed(2), made(2), made(2), claimed(1), cutOff(0, 2), cutOff(0, 2)}},
	// An answer that was cut short is unknown, whatever its status.
	{"too many", []simulator.Fault{simulator.TooManySeconds, simulator.TooManyDate, simulator.TooManyUnsaid}, [moments]want{
		made(1), made(1), made(1), made(2), made(2), made(2), made(2), made(2), made(2), cutOff(0, 2), cutOff(0, 2)}},
	{"redirect", []simulator.Fault{simulator.Redirect302, simulator.Redirect307}, [moments]want{
		ends(1), ends(1), ends(1), ends(2), ends(2), ends(2), made(2), made(2), never("a redirect has no body"), cutOff(0, 2), cutOff(0, 2)}},
}

const mute = "there is no answer, which is the fault itself"

// mode says in which run the call fails.
type mode struct {
	name     string
	before   func(s *stage)
	attempts int            // for the row, before that run
	after    office.Outcome // for officeAfter, if that run is cut short
}

var modes = []mode{
	{"first run", func(s *stage) { s.write(1, 2, 3) }, 0, office.Pending},
	{"resumed run", func(s *stage) { s.write(1, 2, 3); s.run(killedAtWriting) }, 1, office.Created},
	{"rerun with a new row", func(s *stage) { s.write(1, 3); s.run(atServer); s.write(1, 2, 3) }, 0, office.Created},
}

// Every fault of the simulator, at every moment, in every kind of run: the test checks
// the server, the journal, the report and the exit status after that run, and after
// the next run, which has no fault.
func TestFaultMatrix(t *testing.T) {
	cells := 0
	for _, mode := range modes {
		for _, kind := range kinds {
			for m, want := range kind.wants {
				for i, fault := range kind.faults {
					if cells++; want.never != "" || testing.Short() && (i > 0 || mode.name != modes[0].name) { // then one fault of a kind, in a first run
						continue
					}
					t.Run(fmt.Sprintf("%s/%s/%s", mode.name, moment(m), fault), func(t *testing.T) {
						t.Parallel()
						synctest.Test(t, func(t *testing.T) { testCell(t, mode, moment(m), fault, want) })
					})
				}
			}
		}
	}
	if all := len(modes) * int(moments) * (1 + len(simulator.AllFaults())); cells != all {
		t.Errorf("the matrix has %d cells, want %d: each fault belongs to one kind", cells, all)
	}
}

// Each fault belongs to one kind, and the kind says whether it creates an office.
func TestFaultMatrixIsWhole(t *testing.T) {
	var sorted []simulator.Fault
	for _, kind := range kinds {
		sorted = append(sorted, kind.faults...)
		for _, f := range kind.faults {
			if offices := kind.wants[killed].offices; f.Creates() != (offices == 1) {
				t.Errorf("%s makes %d offices by the table, but creates %t", f, offices, f.Creates())
			}
		}
	}
	slices.Sort(sorted)
	if all := append([]simulator.Fault{simulator.None}, simulator.AllFaults()...); !slices.Equal(sorted, all) {
		t.Errorf("the kinds have the faults %v, want %v", sorted, all)
	}
}

func testCell(t *testing.T, mode mode, m moment, fault simulator.Fault, want want) {
	idle := time.Duration(0)
	if m == idleClosed || m == refused {
		idle = time.Millisecond // then the call needs a new connection
	}
	s := newStage(t, firstCall(fault), idle)
	mode.before(s)
	s.before = mode.attempts

	first := s.run(m)
	after := office.Created
	if want.status == exitStopped && want.attempts == 1 {
		after = mode.after // otherwise it was sent while the row was in doubt
	}
	if m != killed && first.status != want.status {
		t.Errorf("exit status %d, want %d: %v", first.status, want.status, first.err)
	}
	s.holds(first, theOffice, want.outcome, want.attempts+mode.attempts, want.offices)
	s.holds(first, officeBefore, office.Created, 1, 1)
	s.holds(first, officeAfter, after, oneIf(after), oneIf(after))

	s.healed.Store(true)
	last := s.run(atServer)
	s.holds(last, theOffice, want.then, want.needs+mode.attempts, oneIf(want.then))
	s.holds(last, officeBefore, office.Created, 1, 1)
	s.holds(last, officeAfter, office.Created, 1, 1)
	s.wantStill(last)
}

// firstCall returns a function that fails the first call for theOffice.
func firstCall(fault simulator.Fault) func(simulator.Call) simulator.Fault {
	return func(c simulator.Call) simulator.Fault {
		if c.Method == http.MethodPost && c.Name == theOffice && c.Attempt == 1 {
			return fault
		}
		return simulator.None
	}
}

func oneIf(o office.Outcome) int {
	if o == office.Created {
		return 1
	}
	return 0
}
