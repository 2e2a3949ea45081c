//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/journal/postgres/pgtest"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/limit"
)

// openShared opens the database as another host would.
func openShared(t testing.TB, s *pgtest.Server) *postgres.Journal {
	t.Helper()
	l, err := postgres.Open(t.Context(), s.URL(true), postgres.Options{Server: "https://example.com", FileStem: "offices", Lease: time.Minute, Patience: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	if _, err := l.Baseline("", nil); err != nil {
		t.Fatal(err)
	}
	return l
}

func sharedLimiter(t testing.TB, l *postgres.Journal, most int, window time.Duration) *limit.Limiter {
	t.Helper()
	quota, err := l.Quota(time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(quota.Close)
	return limit.NewShared(most, window, quota)
}

// calls makes calls with this many workers until the context ends, and returns when
// they were sent. With a journal each call has a Begin and a Finish.
func calls(ctx context.Context, limiter *limit.Limiter, workers int, journal submit.Journal, name string) (left []time.Time) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for n := 0; ; n++ {
				slot, err := limiter.Take(ctx)
				if err != nil {
					return
				}
				r := office.Record{Key: office.Key(fmt.Sprint(name, w, ".", n)), Name: fmt.Sprint(name, w, ".", n), Country: "US", Outcome: office.Unknown, Attempts: 1}
				if journal != nil && journal.Begin(r) != nil {
					return
				}
				if slot.Wait(ctx) != nil {
					slot.Done(false)
					return
				}
				mu.Lock()
				left = append(left, time.Now())
				mu.Unlock()
				time.Sleep(100 * time.Millisecond) // until the answer
				slot.Done(true)
				if r.Outcome, r.OfficeID = office.Created, string(r.Key); journal != nil && journal.Finish(r) != nil {
					return
				}
			}
		})
	}
	all.Wait()
	return left
}

// busiest returns the most calls within a window. The end of the window is not part
// of it.
func busiest(at []time.Time, window time.Duration) (most int) {
	slices.SortFunc(at, time.Time.Compare)
	first := 0
	for i := range at {
		for at[i].Sub(at[first]) >= window {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// Four hosts together use nearly all of the limit, and never more.
func TestQuotaOfFourHosts(t *testing.T) {
	if testing.Short() {
		t.Skip("drives PostgreSQL")
	}
	s := pgtest.Start(t)
	const long = 12 * time.Second
	var journals [4]*postgres.Journal
	var limiters [4]*limit.Limiter
	for i := range journals {
		journals[i] = openShared(t, s)
		limiters[i] = sharedLimiter(t, journals[i], importer.MaxRate, time.Minute)
	}
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	var mu sync.Mutex
	var left []time.Time
	var all sync.WaitGroup
	for i := range limiters {
		all.Go(func() {
			mine := calls(ctx, limiters[i], 8, journals[i], fmt.Sprint("host ", i, " "))
			mu.Lock()
			defer mu.Unlock()
			left = append(left, mine...)
		})
	}
	all.Wait()
	slices.SortFunc(left, time.Time.Compare)
	between := left[len(left)-1].Sub(left[0]) // the first waits for connections to the database
	use := float64(len(left)-1) / (20 * between.Seconds())
	most := busiest(left, time.Second)
	t.Logf("%d calls in %v: %.1f %% of the limit; at most %d in a second", len(left), between, 100*use, most)
	// The time is taken a little after a call was sent, later on a busy machine, and
	// this one does the work of four hosts.
	if most > 22 {
		t.Errorf("%d calls left within a second", most)
	}
	if use < 0.85 {
		t.Errorf("%.1f %% of the limit were used", 100*use)
	}
}

// Two hosts never exceed the limit of a window, whatever the spacing of calls, and a
// pause of one host holds for the other.
func TestQuotaOfTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("drives PostgreSQL")
	}
	s := pgtest.Start(t)
	a, b := openShared(t, s), openShared(t, s)
	one, other := sharedLimiter(t, a, 10, 3*time.Second), sharedLimiter(t, b, 10, 3*time.Second)
	ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
	defer cancel()
	var left [2][]time.Time
	var all sync.WaitGroup
	all.Go(func() { left[0] = calls(ctx, one, 20, nil, "") })
	all.Go(func() { left[1] = calls(ctx, other, 20, nil, "") })
	all.Wait()
	together := append(left[0], left[1]...)
	if most := busiest(together, 3*time.Second); most > 10 || len(together) < 15 {
		t.Errorf("%d calls in all, %d in a window of 10", len(together), most)
	}
	began := time.Now()
	one.Pause(began.Add(5 * time.Second))
	slot, err := other.Take(t.Context())
	if err == nil {
		err = slot.Wait(t.Context())
	}
	if held := time.Since(began); err != nil || held < 4900*time.Millisecond {
		t.Errorf("the other host was held for %v, %v", held, err)
	}
}

// BenchmarkPostgresJournal measures how many rows a second the journal takes, each
// with a Begin and a Finish, from 64 workers.
func BenchmarkPostgresJournal(b *testing.B) {
	s := pgtest.Start(b)
	l := openShared(b, s)
	b.SetParallelism(32)
	var next atomic.Int64
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			name := fmt.Sprint("office ", next.Add(1))
			r := office.Record{Key: office.Key(name), Name: name, Country: "US", Outcome: office.Unknown, Attempts: 1}
			if err := l.Begin(r); err != nil {
				b.Fatal(err)
			}
			r.Outcome, r.OfficeID = office.Created, name
			if err := l.Finish(r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
