package main

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// looks are the lists that a fault can befall, and what comes of the row then:
// a list that failed is taken again, and only a redirect ends the run.
var looks = []struct {
	name       string
	call       simulator.Fault // of the first call for the row
	after      int             // calls before the list that fails
	want       want
	redirected want
}{
	{"first list", simulator.None, 0, made(1), want{office.Pending, 0, 0, exitStopped, office.Created, 1, ""}},
	{"list for what was done", simulator.AnswerLost, 2, made(1), cutOff(1, 1)},
	{"list for what was not done", simulator.ResetBefore, 2, made(2), cutOff(0, 2)},
}

// Every fault of the stand-in befalls a list of offices: no list, no call; and
// no row is sent again before lists have spoken.
func TestListFaultMatrix(t *testing.T) {
	for _, look := range looks {
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

// oneList is a fault of the first list after so many other calls.
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
