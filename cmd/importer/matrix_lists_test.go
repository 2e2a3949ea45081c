package main

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// listCases are the lists of offices that can fail, and what becomes of the row
// then. A failed list is tried again; only a redirect ends the run.
var listCases = []struct {
	name       string
	call       simulator.Fault // at the first call for the row
	after      int             // calls before the list that fails
	want       want
	redirected want
}{
	{"first list", simulator.None, 0, made(1), want{office.Pending, 0, 0, exitStopped, office.Created, 1, ""}},
	{"list for what was done", simulator.AnswerLost, 2, made(1), cutOff(1, 1)},
	{"list for what was not done", simulator.ResetBefore, 2, made(2), cutOff(0, 2)},
}

// Every fault of the simulator hits a list of offices. Without a list nothing is sent,
// and no row is sent again before the lists allow it.
func TestListFaultMatrix(t *testing.T) {
	for _, look := range listCases {
		for i, fault := range simulator.AllFaults() {
			if testing.Short() && i%5 > 0 { // then every fifth
				continue
			}
			want := look.want
			if fault == simulator.Redirect302 || fault == simulator.Redirect307 {
				want = look.redirected
			}
			t.Run(fmt.Sprintf("%s/%s", look.name, fault), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := newStage(t, oneList(fault, look.after, firstCall(look.call)), 0)
					s.write(2)
					e := s.run(atServer)
					if e.status != want.status {
						t.Errorf("exit status %d, want %d: %v", e.status, want.status, e.err)
					}
					s.holds(e, theOffice, want.outcome, want.attempts, want.offices)
					s.healed.Store(true)
					e = s.run(atServer)
					s.holds(e, theOffice, office.Created, want.needs, 1)
					s.wantStill(e)
				})
			})
		}
	}
}

// oneList returns a function that fails the first list after this many other calls.
func oneList(fault simulator.Fault, after int, others func(simulator.Call) simulator.Fault) func(simulator.Call) simulator.Fault {
	calls, spent := 0, false
	return func(c simulator.Call) simulator.Fault {
		calls++
		if c.Method == http.MethodGet && calls > after && !spent {
			spent = true
			return fault
		}
		return others(c)
	}
}
