package submit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Each fault alone, at the first attempt of each row, with the outcome that the design prescribes.
func TestEachFault(t *testing.T) {
	outcomes := map[simulator.Fault]office.Outcome{ // Created if not listed
		simulator.GarbageBody: office.Created, // claimed, and found in the list
		simulator.HTMLPage:    office.Unknown, // claimed, and not found: a person decides
		simulator.Redirect302: office.Unknown,
		simulator.Redirect307: office.Unknown,
	}
	for _, fault := range simulator.AllFaults() {
		t.Run(fault.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, simulator.Config{Decide: first(fault), Limits: simulator.DocumentedLimits()})
				f := rowsOf(t, 3)
				_, err := w.run(t.Context(), f)
				want, named := outcomes[fault]
				if !named {
					want = office.Created
				}
				for _, r := range f {
					if got := w.outcome(r); got != want && !(fault == simulator.Redirect302 || fault == simulator.Redirect307) {
						t.Errorf("row %d: %s, want %s (%v)", r.Row, got, want, err)
					}
				}
				if v := w.server.Truth().Verdict(); len(v.More) > 0 {
					t.Errorf("%d offices were created twice", len(v.More))
				}
				if want == office.Created {
					w.wantOnce(f)
				}
				if n := w.server.Truth().Redirected; n > 0 {
					t.Errorf("%d redirects were followed", n)
				}
			})
		})
	}
}

// 300 rows with everything going wrong at once: every office exactly once.
func TestMixedFaults(t *testing.T) {
	for seed := range uint64(5) {
		synctest.Test(t, func(t *testing.T) {
			config := simulator.Realistic(seed)
			w := newWorld(t, config)
			f := rowsOf(t, 300)
			w.mustRun(f)
			w.wantOnce(f)
			if v := w.server.Truth().Verdict(); v.BusiestMinute > 1200 || v.BusiestSecond > 21 {
				t.Errorf("busiest minute %d, second %d", v.BusiestMinute, v.BusiestSecond)
			}
			calls := w.server.Truth().Verdict().Calls
			w.mustRun(f)
			if again := w.server.Truth().Calls[simulator.Answer{Method: "POST", Status: 200}]; again > calls {
				t.Errorf("the second run sent something")
			}
			w.wantOnce(f)
		})
	}
}

func TestStops(t *testing.T) {
	for _, test := range []struct {
		name    string
		config  simulator.Config
		options func(*Options)
		body    []byte // of all rows
		reason  StopReason
		calls   int // at most
	}{
		{name: "wrong key", config: simulator.Config{Key: "another"}, reason: StopKey, calls: 1},
		{name: "redirect of everything", config: simulator.Config{Decide: always(simulator.Redirect307)}, reason: StopRedirect, calls: 1},
		{name: "redirect of creations", config: simulator.Config{Decide: posts(simulator.Redirect307)}, reason: StopRedirect, calls: 5},
		{name: "a page for everything", config: simulator.Config{Decide: always(simulator.HTMLPage)}, reason: StopNoList, calls: 5},
		{name: "a page for creations", config: simulator.Config{Decide: posts(simulator.HTMLPage)}, reason: StopUnknowns, calls: 30},
		{name: "errors without end", config: simulator.Config{Decide: posts(simulator.Status500Before)}, reason: StopUnknowns, calls: 30},
		{name: "too busy without end", config: simulator.Config{Decide: posts(simulator.TooManyUnsaid)}, reason: StopThrottled, calls: 40},
		{name: "refused alike", body: []byte(`{"name":"Harbor"}`), reason: StopAlike, calls: 30},
		{name: "too many refused", body: []byte(`{"name":"Harbor"}`), options: func(o *Options) { o.Failures = NewFailures(3) }, reason: StopFailures, calls: 10},
		{name: "first", options: func(o *Options) { o.First = 7 }, reason: StopFirst, calls: 8},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, test.config)
				if test.options != nil {
					test.options(&w.options)
				}
				f := rowsOf(t, 100)
				for _, r := range f {
					if test.body != nil {
						r.Body = test.body
					}
				}
				_, err := w.run(t.Context(), f)
				var stop *StopError
				if !errors.As(err, &stop) || stop.Reason != test.reason {
					t.Fatalf("got %v, want reason %s", err, test.reason)
				}
				if n := w.server.Truth().Verdict().Calls; n > test.calls {
					t.Errorf("%d calls, want at most %d", n, test.calls)
				}
				for _, r := range f {
					if test.reason != StopFirst && w.outcome(r) == office.Created {
						t.Errorf("row %d is called created", r.Row)
					}
				}
				if strings.Contains(fmt.Sprintf("%v %+v %v", err, stop, w.said), "key key") {
					t.Error("the key shows")
				}
			})
		})
	}
}

func always(fault simulator.Fault) func(simulator.Call) simulator.Fault {
	return func(simulator.Call) simulator.Fault { return fault }
}

func posts(fault simulator.Fault) func(simulator.Call) simulator.Fault {
	return func(c simulator.Call) simulator.Fault {
		if c.Method == "POST" {
			return fault
		}
		return simulator.None
	}
}

// A server that can't be reached ends the run after five time-outs.
func TestServerDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		_ = w.pipes.Close()
		start := time.Now()
		_, err := w.run(t.Context(), rowsOf(t, 3))
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopOutOfReach {
			t.Fatalf("got %v, want %s", err, StopOutOfReach)
		}
		if waited := time.Since(start); waited < 5*time.Minute || waited > 6*time.Minute {
			t.Errorf("gave up after %s, want about 5 minutes", waited)
		}
	})
}

// A call that fails after a long quiet time is no reason to stop: the time starts with that call.
func TestPatienceBeginsWithTheFirstFailure(t *testing.T) {
	s, err := New(nil, limit.New(1200, time.Minute), newMemoryJournal(), table{}, Options{Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s.changed = make(chan struct{})
		_, s.cancel = context.WithCancel(t.Context())
		s.gotThrough()
		time.Sleep(time.Hour)
		s.unreachable(&api.Answer{Words: "connection refused"})
		if s.stopped != nil {
			t.Fatalf("stopped at the first failure: %v", s.stopped)
		}
		time.Sleep(5*time.Minute + time.Second)
		s.unreachable(&api.Answer{Words: "connection refused"})
		if s.stopped == nil || s.stopped.Reason != StopOutOfReach {
			t.Errorf("after five minutes: %v", s.stopped)
		}
	})
}

// The first signal stops taking rows; those in flight are waited for.
func TestInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Latency: simulator.Latency{Before: time.Second, After: time.Second}})
		f := rowsOf(t, 200)
		ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
		defer cancel()
		_, err := w.run(ctx, f)
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopInterrupted {
			t.Fatalf("got %v", err)
		}
		created := len(w.server.Truth().Created)
		counts := map[office.Outcome]int{}
		for _, r := range w.journal.records {
			counts[r.Outcome]++
		}
		if created == 0 || counts[office.Created] != created || counts[office.Unknown] > 0 {
			t.Errorf("the server created %d; the journal has %v", created, counts)
		}
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// If the journal can't be written, nothing is sent.
func TestJournalFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		w.journal.fail = errors.New("no space left on device")
		_, err := w.run(t.Context(), rowsOf(t, 5))
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopJournal {
			t.Fatalf("got %v", err)
		}
		if n := len(w.server.Truth().Created); n > 0 {
			t.Errorf("%d offices were created without a journal", n)
		}
	})
}

// Thirty of a hundred offices exist already; only the other seventy are sent.
func TestExists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := rowsOf(t, 100)
		var there []simulator.Office
		for _, r := range f[:30] {
			there = append(there, simulator.Office{Name: strings.ToUpper(r.Office.Name), Country: "us"})
		}
		w := newWorld(t, simulator.Config{Offices: there, PageSize: 7})
		w.mustRun(f)
		for i, r := range f {
			want := office.Created
			if i < 30 {
				want = office.Exists
			}
			if got := w.outcome(r); got != want {
				t.Errorf("row %d: %s, want %s", r.Row, got, want)
			}
		}
		if n := len(w.server.Truth().Created); n != 70 {
			t.Errorf("%d created, want 70", n)
		}
	})
}

// Many calls that fail together make one pause of a second, not one of half a minute.
func TestCallsThatFailTogetherWaitOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		limiter := limit.New(1200, time.Minute)
		s, err := New(nil, limiter, w.journal, table{}, w.options)
		if err != nil {
			t.Fatal(err)
		}
		for range 64 {
			s.unreachable(&api.Answer{Verdict: api.NotSent})
		}
		if pause := time.Until(limiter.PausedUntil()); pause != time.Second {
			t.Errorf("they wait %s", pause)
		}
		time.Sleep(time.Second)
		s.unreachable(&api.Answer{Verdict: api.NotSent})
		if pause := time.Until(limiter.PausedUntil()); pause != 2*time.Second {
			t.Errorf("the next one waits %s", pause)
		}
	})
}
