package submit

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// busiest returns the largest number of instants in any window.
func busiest(at []time.Time, window time.Duration) int {
	at = slices.SortedFunc(slices.Values(at), time.Time.Compare)
	most := 0
	for first, last := 0, 0; last < len(at); last++ {
		for at[last].Sub(at[first]) >= window {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

// varyingLatency is a latency with exponential jitter around a mean that changes between two
// seconds and ten milliseconds every four minutes.
type varyingLatency struct {
	start time.Time
	mu    sync.Mutex
	rand  *rand.Rand
}

func (w *varyingLatency) oneWay() time.Duration {
	mean := 2 * time.Second
	if int(time.Since(w.start)/(4*time.Minute))%2 == 1 {
		mean = 10 * time.Millisecond
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Duration(w.rand.ExpFloat64() * float64(mean) / 2)
}

// A whole client and server in fake time, 64 workers, for hours: never more than 1200 arrivals in
// any minute, nor 20 sent in any second.
func TestNeverAboveTheLimit(t *testing.T) {
	long := apitest.LongRun
	if testing.Short() {
		long = 10 * time.Minute
	}
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var sent, arrived []time.Time
		latency := &varyingLatency{start: time.Now(), rand: rand.New(rand.NewPCG(1, 2))}
		handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			left := time.Now()
			time.Sleep(latency.oneWay())
			mu.Lock()
			sent, arrived = append(sent, left), append(arrived, time.Now())
			mu.Unlock()
			time.Sleep(latency.oneWay())
			_, _ = io.WriteString(w, `{"office":{"id":"1"}}`)
		})
		line := apitest.NewPipes()
		server := &http.Server{Handler: handler}
		go func() { _ = server.Serve(line) }()
		client := api.New(api.Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Timeout: time.Minute, Dial: line.Dial}, limit.New(1200, time.Minute))
		ctx, cancel := context.WithTimeout(t.Context(), long)
		defer cancel()
		var workers sync.WaitGroup
		for range 64 {
			workers.Go(func() {
				for ctx.Err() == nil {
					_, _ = client.Create(ctx, []byte(`{}`), func() error { return nil }, nil)
				}
			})
		}
		workers.Wait()
		client.Close()
		_ = server.Close()
		synctest.Wait()
		if n := busiest(arrived, time.Minute); n > 1200 {
			t.Errorf("%d arrivals in a minute, want at most 1200", n)
		}
		if n := busiest(sent, time.Second); n > 20 {
			t.Errorf("%d sent in a second, want at most 20", n)
		}
		if perMinute := len(arrived) / int(long.Minutes()); perMinute < 1140 {
			t.Errorf("%d calls a minute, want at least 1140 of 1200", perMinute)
		}
	})
}

// A server allows 200 calls in 10 seconds, counted in each of the usual ways, over a line with 80
// ms +- 30 ms of latency: no 429, and at least 99 % of the limit used.
func TestUsesTheWholeLimit(t *testing.T) {
	for name, kind := range map[string]simulator.LimitKind{"sliding": simulator.Sliding, "fixed": simulator.Fixed, "token bucket": simulator.TokenBucket} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, simulator.Config{
					Limits:  simulator.Limits{Kind: kind, PerWindow: 200, Window: 10 * time.Second},
					Latency: simulator.Latency{Before: 25 * time.Millisecond, After: 25 * time.Millisecond, Jitter: 30 * time.Millisecond},
				})
				w.limiter = limit.New(200, 10*time.Second)
				w.mustRun(rowsOf(t, 600))
				truth := w.server.Truth()
				if n := truth.Answered(429); n > 0 {
					t.Errorf("%d calls were answered with 429", n)
				}
				took := truth.Arrivals[len(truth.Arrivals)-1].At - truth.Arrivals[0].At
				ideal := time.Duration(len(truth.Arrivals)-1) * 10 * time.Second / 200
				if used := float64(ideal) / float64(took); used < 0.99 {
					t.Errorf("%d calls took %s: %.2f %% of the limit, want at least 99 %%", len(truth.Arrivals), took, 100*used)
				}
			})
		})
	}
}
