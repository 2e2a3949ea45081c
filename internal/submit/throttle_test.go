package submit

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// A wait of more than five minutes ends the run. What was not sent is pending, and a later run
// continues.
func TestLongWaitStops(t *testing.T) {
	for name, says := range map[string]simulator.RetryAfter{"seconds": simulator.InSeconds, "date": simulator.AsDate} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, simulator.Config{Limits: simulator.Limits{PerWindow: 10, Window: time.Hour, RetryAfter: says}})
				f := rowsOf(t, 15)
				_, err := w.run(t.Context(), f)
				var stop *StopError
				if !errors.As(err, &stop) || stop.Reason != StopThrottled || !strings.Contains(stop.Message, "asks to wait 1h0m") {
					t.Fatalf("got %v, want reason %s", err, StopThrottled)
				}
				outcomes := map[office.Outcome]int{}
				for _, r := range f {
					outcomes[w.outcome(r)]++
				}
				if outcomes[office.Created] != 9 || outcomes[office.Unknown] != 0 { // the list was the tenth call
					t.Errorf("outcomes are %v, want 9 created and none unknown", outcomes)
				}
				time.Sleep(time.Hour)
				w.mustRun(f)
				w.wantOnce(f)
			})
		})
	}
}

// If every list is turned away the run ends, just as for creations.
func TestListsTooBusyWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: always(simulator.TooManySeconds)})
		_, err := w.run(t.Context(), rowsOf(t, 3))
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopThrottled {
			t.Fatalf("got %v, want reason %s", err, StopThrottled)
		}
		if n := w.server.Truth().Verdict().Calls; n > api.MaxPauses+1 {
			t.Errorf("%d calls, want at most %d", n, api.MaxPauses+1)
		}
	})
}

// Two minutes of 429s with short waits in the middle of a run: it neither ends, nor floods the
// server or the user, nor loses anything.
func TestRunThroughAStorm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		w := newWorld(t, simulator.Config{Latency: simulator.Latency{Before: 50 * time.Millisecond, After: 50 * time.Millisecond, Jitter: 50 * time.Millisecond},
			Decide: func(simulator.Call) simulator.Fault {
				if since := time.Since(start); since > 20*time.Second && since < 140*time.Second {
					return simulator.TooManySeconds
				}
				return simulator.None
			}})
		f := rowsOf(t, 800)
		w.mustRun(f)
		w.wantOnce(f)
		if n := w.server.Truth().Answered(429); n < 5 || n > 40 {
			t.Errorf("%d calls were answered with 429, want 5 to 40", n)
		}
		if n := len(w.said); n < 3 || n > 12 {
			t.Errorf("%d lines were said in two minutes, want one in ten seconds at most:\n%s", n, strings.Join(w.said, "\n"))
		}
		if want := "the server is too busy (HTTP 429): all calls pause for 1s, then go on at 85 % of full speed"; w.said[0] != want {
			t.Errorf("it said %q, want %q", w.said[0], want)
		}
	})
}

// slowRoute is the way to a server. A call that has left arrives, whatever happens to the sender.
type slowRoute struct {
	mu       sync.Mutex
	delay    time.Duration
	arrivals []time.Time
}

func (r *slowRoute) to(server http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, rq *http.Request) {
		r.mu.Lock()
		long := r.delay
		r.mu.Unlock()
		time.Sleep(long)
		r.mu.Lock()
		r.arrivals = append(r.arrivals, time.Now())
		r.mu.Unlock()
		server.ServeHTTP(w, rq)
	}
}

func (r *slowRoute) set(long time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.delay = long
}

// route puts a route in front of the world's server.
func (w *world) route(r *slowRoute) {
	synctest.Wait() // until the server listens on the old pipes
	w.pipes = apitest.NewPipes()
	server := &http.Server{Handler: r.to(w.server)}
	go func() { _ = server.Serve(w.pipes) }()
	w.t.Cleanup(func() { _ = server.Close() })
}

// A run is killed with the calls of all its workers on their way, and another one starts at once
// over a connection that has become fast. The server still never sees more than the limit.
func TestLimitHoldsOverARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most, window = 400, 20 * time.Second
		w := newWorld(t, simulator.Config{})
		var r slowRoute
		w.route(&r)
		f := rowsOf(t, 850)
		ctx, kill := context.WithCancel(t.Context())
		first := *w
		first.limiter, w.limiter = limit.New(most, window), limit.New(most, window)
		go func() { _, _ = first.run(ctx, f) }()
		time.Sleep(13 * time.Second)
		r.set(3 * time.Second)
		time.Sleep(7 * time.Second)
		w.journal = first.journal.copy()
		kill()
		r.set(0)
		w.mustRun(f)
		w.wantOnce(f)
		if n := busiest(r.arrivals, window); n > most {
			t.Errorf("%d arrivals in %s, want at most %d", n, window, most)
		}
	})
}

// copy returns the journal as it is now, without what a killed run does later.
func (m *memoryJournal) copy() *memoryJournal {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &memoryJournal{records: maps.Clone(m.records), baselines: slices.Clone(m.baselines)}
}
