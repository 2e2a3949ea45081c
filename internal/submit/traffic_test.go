package submit

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// The limiter's counts match the simulator's.
func TestTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.TooManySeconds)})
		w.limiter = limit.New(1200, time.Minute)
		w.mustRun(rowsOf(t, 3))
		truth, got := w.server.Truth(), w.limiter.Traffic()
		if want := len(truth.Arrivals); got.Calls != want || want < 7 {
			t.Errorf("%d calls, the server met %d", got.Calls, want)
		}
		if want := truth.Answered(429); got.Throttled != want || want != 3 {
			t.Errorf("%d answers of too many calls, the server gave %d", got.Throttled, want)
		}
		if got.Pauses != 1 {
			t.Errorf("%d pauses, want 1: all three answers fell into the first", got.Pauses)
		}
	})
}

// A pending row that a list settles counts as settled; one that stays unknown doesn't.
func TestSettledCount(t *testing.T) {
	for fault, want := range map[simulator.Fault]Progress{
		simulator.AnswerLost:  {Created: 2, Settled: 2},
		simulator.GarbageBody: {Created: 2, Settled: 2},
		simulator.HTMLPage:    {Unknown: 2}, // success is claimed, and no office is there
	} {
		synctest.Test(t, func(t *testing.T) {
			w, f := newWorld(t, simulator.Config{Decide: first(fault)}), rowsOf(t, 2)
			limiter := limit.New(1200, time.Minute)
			client := api.New(api.Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Key: api.NewSecret("key"), Timeout: time.Minute, Dial: w.pipes.Dial}, limiter)
			defer client.Close()
			w.options.Since = time.Now()
			s, err := New(client, limiter, w.journal, f, w.options)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Run(t.Context(), f.requests()); err != nil {
				t.Fatal(err)
			}
			got := s.Progress()
			if got.Created != want.Created || got.Settled != want.Settled || got.Unknown != want.Unknown {
				t.Errorf("%v: %d created, %d settled, %d unknown, want %+v", fault, got.Created, got.Settled, got.Unknown, want)
			}
		})
	}
}

// An answer that leaves a row unclear, without asking to wait, causes no pause.
func TestDoubtIsNoPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.Status500After)})
		w.limiter = limit.New(1200, time.Minute)
		w.mustRun(rowsOf(t, 3))
		if n := w.limiter.Traffic().Pauses; n != 0 {
			t.Errorf("%d pauses", n)
		}
	})
}
