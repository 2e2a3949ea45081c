package submit

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/limit"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	const forever = (1<<31 - 1) * time.Second
	for _, test := range []struct {
		name   string
		date   string // the server's clock; empty: it doesn't tell
		values []string
		want   time.Duration
	}{
		{"none", date(0), nil, 0},
		{"empty", date(0), []string{""}, 0},
		{"zero", date(0), []string{"0"}, 0},
		{"one", date(0), []string{"1"}, time.Second},
		{"an hour", date(0), []string{"3600"}, time.Hour},
		{"with white space", date(0), []string{" 7\t"}, 7 * time.Second},
		{"leading zeros", date(0), []string{"007"}, 7 * time.Second},
		{"negative", date(0), []string{"-5"}, 0},
		{"with a plus", date(0), []string{"+5"}, 0},
		{"a fraction", date(0), []string{"1.5"}, 0},
		{"with a unit", date(0), []string{"5s"}, 0},
		{"words", date(0), []string{"soon"}, 0},
		{"RFC 3339", date(0), []string{"2026-03-01T12:01:00Z"}, 0},
		{"the greatest number", date(0), []string{"2147483647"}, forever},
		{"one more", date(0), []string{"2147483648"}, forever},
		{"more than 64 bits", date(0), []string{"99999999999999999999999"}, forever},
		{"several", date(0), []string{"1", "soon", "30", "2"}, 30 * time.Second},
		{"a number and a date", date(0), []string{"1", date(time.Minute)}, time.Minute},
		{"date", date(0), []string{date(time.Minute)}, time.Minute},
		{"date of RFC 850", date(0), []string{"Sunday, 01-Mar-26 12:01:00 GMT"}, time.Minute},
		{"date of asctime", date(0), []string{"Sun Mar  1 12:01:00 2026"}, time.Minute},
		{"date in the past", date(0), []string{date(-time.Minute)}, 0},
		{"date that is now", date(0), []string{date(0)}, 0},
		{"the server's clock is an hour ahead", date(time.Hour), []string{date(time.Hour + time.Minute)}, time.Minute},
		{"the server's clock is an hour behind", date(-time.Hour), []string{date(-time.Hour + time.Minute)}, time.Minute},
		{"the server's clock is years behind", "Thu, 01 Jan 1970 00:00:00 GMT", []string{"Thu, 01 Jan 1970 00:00:30 GMT"}, 30 * time.Second},
		{"no clock of the server", "", []string{date(time.Minute)}, time.Minute},
		{"a clock that is no date", "noon", []string{date(time.Minute)}, time.Minute},
		{"the end of time", date(0), []string{"Fri, 31 Dec 9999 23:59:59 GMT"}, 1<<63 - 1},
	} {
		header := http.Header{}
		if test.date != "" {
			header.Set("Date", test.date)
		}
		for _, v := range test.values {
			header.Add("Retry-After", v)
		}
		if got := retryAfter(header, now); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// answering is a client of a server that is a function, in a synctest bubble.
func answering(t *testing.T, handler http.HandlerFunc) (*Client, *limit.Limiter) {
	line := newPipes()
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(line) }()
	limiter := limit.New(1200, time.Minute)
	client := NewClient(ClientOptions{Server: &url.URL{Scheme: "http", Host: "pipe"}, Timeout: time.Minute, Dial: line.Dial}, limiter)
	t.Cleanup(func() { client.Close(); _ = server.Close() })
	return client, limiter
}

// What an answer leads to for the call after it, through the whole client: the
// server's word is taken, or where it makes no sense, our own pause.
func TestPausesAsAsked(t *testing.T) {
	const limited = `{"error":{"code":0,"message":"busy","errors":[{"domain":"global","message":"busy","reason":"rateLimitExceeded"}]}}`
	for _, test := range []struct {
		name    string
		status  int
		value   string // of Retry-After; "-": no such header
		body    string
		verdict Verdict
		want    time.Duration // of rest, to a spacing
	}{
		{"429 with seconds", 429, "3", "", Throttled, 3 * time.Second},
		{"429 without", 429, "-", "", Throttled, limit.FirstPause},
		{"429 with zero", 429, "0", "", Throttled, limit.FirstPause},
		{"429 with garbage", 429, "soon", "", Throttled, limit.FirstPause},
		{"429 with a date in the past", 429, "Thu, 01 Jan 1970 00:00:00 GMT", "", Throttled, limit.FirstPause},
		{"429 with an hour", 429, "3600", "", Throttled, time.Hour},
		{"403 that means 429", 403, "3", limited, Throttled, 3 * time.Second},
		{"503 that means 429", 503, "-", limited, Throttled, limit.FirstPause},
		{"400 that means 429", 400, "3", strings.ReplaceAll(limited, "rateLimitExceeded", "rate_limit_exceeded"), Throttled, 3 * time.Second},
		{"503 with seconds", 503, "3", "", Ambiguous, 3 * time.Second},
		{"503 with an hour", 503, "3600", "", Ambiguous, maxThrottle},
		{"503 without", 503, "-", "", Ambiguous, 0},
		{"503 with garbage", 503, "soon", "", Ambiguous, 0},
		{"400 with seconds", 400, "3", `{"error":{"message":"bad_request"}}`, Rejected, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, limiter := answering(t, func(w http.ResponseWriter, _ *http.Request) {
					if test.value != "-" {
						w.Header().Set("Retry-After", test.value)
					}
					w.WriteHeader(test.status)
					_, _ = w.Write([]byte(test.body))
				})
				if a := create(t, client); a.Verdict != test.verdict {
					t.Errorf("verdict %d, want %d", a.Verdict, test.verdict)
				}
				start := time.Now()
				slot, _ := limiter.Take(t.Context())
				_ = slot.Wait(t.Context())
				if rest := time.Since(start); rest < test.want || rest > test.want+2*limiter.Spacing {
					t.Errorf("the next call left after %s, want %s", rest, test.want)
				}
			})
		})
	}
}

// A wait of more than five minutes ends the run; what was not sent is pending,
// and a run after that time goes on.
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
				if outcomes[office.Created] != 9 || outcomes[office.Unknown] != 0 { // a list was the tenth call
					t.Errorf("outcomes are %v, want 9 created and none unknown", outcomes)
				}
				time.Sleep(time.Hour)
				w.done(f)
				w.once(f)
			})
		})
	}
}

// Every list is turned away: the run ends, as it would if creations were.
func TestListsTooBusyWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: always(simulator.TooManySeconds)})
		_, err := w.run(t.Context(), rowsOf(t, 3))
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopThrottled {
			t.Fatalf("got %v, want reason %s", err, StopThrottled)
		}
		if n := w.server.Truth().Verdict().Calls; n > maxPauses+1 {
			t.Errorf("%d calls, want at most %d", n, maxPauses+1)
		}
	})
}

// Two minutes of 429s that promise better in a second, in the middle of a run:
// it neither ends nor floods the server or the person, and nothing is lost.
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
		w.done(f)
		w.once(f)
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

// An answer may come when the pause that it would have led to is over. It had
// left before, so it doesn't count, whatever has happened since.
func TestThrottledLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(1200, time.Minute)
		var slots []*limit.Slot
		for range 3 {
			slot, _ := l.Take(t.Context())
			_ = slot.Wait(t.Context())
			slots = append(slots, slot)
		}
		slots[0].Throttled(0)
		next, _ := l.Take(t.Context())
		_ = next.Wait(t.Context())
		next.Passed()
		if pause, streak := slots[1].Throttled(0); pause != 0 || streak != 0 {
			t.Errorf("late 429: pause %s, streak %d, want none", pause, streak)
		}
		if pause, _ := slots[2].Throttled(9 * time.Second); pause != 9*time.Second {
			t.Errorf("late 429 that names 9s: pause %s, want 9s", pause)
		}
	})
}

// A wait that turns out too short is doubled, and says nothing about the speed.
func TestPausesDouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(1200, time.Minute)
		for i, want := range []time.Duration{1, 4, 8, 16, 32, 60, 60} {
			slot, _ := l.Take(t.Context())
			_ = slot.Wait(t.Context())
			slot.Done(true)
			if pause, streak := slot.Throttled(time.Second); pause != want*time.Second || streak != i+1 {
				t.Errorf("pause %d: %s, streak %d, want %ds", i+1, pause, streak, want)
			}
			if s := l.Pace.Limit; s != 1 {
				t.Errorf("pause %d: the server's limit is taken for %v, want 1", i+1, s)
			}
		}
	})
}

// The clock may be set while a run is on: all waiting, for the limit and for the
// settle window, is by the monotonic clock.
func TestMonotonic(t *testing.T) {
	l := limit.New(1200, time.Minute)
	l.Pause(time.Now())
	slot, _ := l.Take(t.Context())
	_ = slot.Wait(t.Context())
	slot.Done(true)
	slot.Throttled(time.Millisecond)
	client, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"items": []}`)) })
	answer := create(t, client)
	listing, err := client.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]time.Time{"an attempt's end": answer.Ended, "a list's beginning": listing.Began, "sent": slot.Sent, "next": l.Next, "paused": l.Paused, "pausing": l.Pausing,
		"began": l.Began, "pace.since": l.Pace.Since, "release": l.Release[0]} {
		if at == at.Round(0) { // which takes the monotonic reading away
			t.Errorf("%s has no monotonic reading", name)
		}
	}
}

// road is the way to a server. A call that has left arrives, whatever has
// become of who sent it.
type road struct {
	mu       sync.Mutex
	long     time.Duration
	arrivals []time.Time
}

func (r *road) to(server http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, rq *http.Request) {
		r.mu.Lock()
		long := r.long
		r.mu.Unlock()
		time.Sleep(long)
		r.mu.Lock()
		r.arrivals = append(r.arrivals, time.Now())
		r.mu.Unlock()
		server.ServeHTTP(w, rq)
	}
}

func (r *road) set(long time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.long = long
}

// over is the world with a road to its server.
func (w *world) over(r *road) {
	synctest.Wait() // until the server listens on the line of before
	w.line = newPipes()
	server := &http.Server{Handler: r.to(w.server)}
	go func() { _ = server.Serve(w.line) }()
	w.t.Cleanup(func() { _ = server.Close() })
}

// A run is killed with the calls of all its workers on their way, and another
// one starts at once, over a line that has become fast: the server still never
// sees more than the limit.
func TestLimitHoldsOverARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most, window = 400, 20 * time.Second
		w := newWorld(t, simulator.Config{})
		var r road
		w.over(&r)
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
		w.done(f)
		w.once(f)
		if n := busiest(r.arrivals, window); n > most {
			t.Errorf("%d arrivals in %s, want at most %d", n, window, most)
		}
	})
}

// copy is the journal as it is now: what a killed run does later is not in it.
func (m *memory) copy() *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &memory{records: maps.Clone(m.records), baselines: slices.Clone(m.baselines)}
}
