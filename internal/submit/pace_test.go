package submit

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/apitest"
)

var (
	limitKinds = []simulator.LimitKind{simulator.Sliding, simulator.Fixed, simulator.TokenBucket}
	waysToSay  = []simulator.RetryAfter{simulator.InSeconds, simulator.AsDate, simulator.Unsaid}
)

// eachLimit runs a test for kinds of limits and for ways to say how long to wait.
func eachLimit(t *testing.T, name string, kinds []simulator.LimitKind, says []simulator.RetryAfter, test func(*testing.T, simulator.LimitKind, simulator.RetryAfter)) {
	for _, kind := range kinds {
		for _, how := range says {
			t.Run(fmt.Sprintf("%s/%s/%s", name, [...]string{"sliding", "fixed", "bucket"}[kind], [...]string{"seconds", "date", "unsaid"}[how]), func(t *testing.T) {
				if (!apitest.AllVariants || testing.Short()) && (how != simulator.Unsaid || kind != kinds[len(kinds)/2]) {
					t.Skip("too slow")
				}
				synctest.Test(t, func(t *testing.T) { test(t, kind, how) })
			})
		}
	}
}

// A server's limit is lower than we were told: we find it within three minutes, then use at least
// 90 % of it with at most two 429s a minute.
func TestLowerLimit(t *testing.T) {
	const found, end = 3 * time.Minute, 20 * time.Minute
	for _, limit := range []int{300, 600, 900, 1100} {
		eachLimit(t, fmt.Sprint(limit), limitKinds, waysToSay, func(t *testing.T, kind simulator.LimitKind, says simulator.RetryAfter) {
			log := newLimitTest(&counter{kind: kind, limit: limit, window: time.Minute}, says).run(t, end)
			if n := perMinute(log.passed, found, end); n < 0.9*float64(limit) {
				t.Errorf("%.0f calls a minute were let through, want at least 90 %% of %d", n, limit)
			}
			if n := perMinute(log.refused, found, end); n > 2 {
				t.Errorf("%.2f 429s a minute, want at most 2", n)
			}
		})
	}
}

// During a storm of 429s we make few calls, and five minutes after it we are back at full speed.
func TestStorm(t *testing.T) {
	const begin, full, end = 2 * time.Minute, 5 * time.Minute, 15 * time.Minute
	for _, storm := range []struct {
		name  string
		long  time.Duration
		share float64 // share of the calls that are turned away
		most  float64 // 429s a minute
	}{
		{"a minute of 429s", time.Minute, 1, 20},
		{"three minutes of 429s", 3 * time.Minute, 1, 10},
		{"one call in three", 3 * time.Minute, 0.3, 20},
		{"one call in twenty", 3 * time.Minute, 0.05, 20},
	} {
		eachLimit(t, storm.name, limitKinds[:1], waysToSay, func(t *testing.T, _ simulator.LimitKind, says simulator.RetryAfter) {
			d := newLimitTest(&counter{limit: 1200, window: time.Minute}, says)
			over := begin + storm.long
			dice := rand.New(rand.NewPCG(3, 4))
			d.storm = func(at time.Duration) bool { return begin <= at && at < over && dice.Float64() < storm.share }
			log := d.run(t, end)
			if n := perMinute(log.refused, begin, over); n > storm.most {
				t.Errorf("%.0f 429s a minute in the storm, want at most %.0f", n, storm.most)
			}
			if n := perMinute(log.passed, over+full, end); n < 0.99*1200 {
				t.Errorf("%.0f calls a minute five minutes after the storm, want at least 99 %% of 1200", n)
			}
			if n := perMinute(log.refused, over, end); n > 0 {
				t.Errorf("%.2f 429s a minute after the storm", n)
			}
		})
	}
}

// Another client takes half of the limit for a while: we use the other half, and all of it soon
// after it is gone.
func TestAnotherClient(t *testing.T) {
	const come, found, gone, full, end = 5 * time.Minute, 9 * time.Minute, 20 * time.Minute, 25 * time.Minute, 28 * time.Minute
	for i, calls := range []int{1, 100} { // at once; 600 a minute
		eachLimit(t, fmt.Sprint(calls), limitKinds, waysToSay[2*i:][:1], func(t *testing.T, kind simulator.LimitKind, says simulator.RetryAfter) {
			d := newLimitTest(&counter{kind: kind, limit: 1200, window: time.Minute}, says)
			go d.otherClient(calls, time.Duration(calls)*100*time.Millisecond, come, gone)
			log := d.run(t, end)
			if n := perMinute(log.passed, found, gone); n < 0.9*600 {
				t.Errorf("%.0f calls a minute beside the other client, want at least 90 %% of 600", n)
			}
			if n := perMinute(log.refused, found, gone); n > 2 {
				t.Errorf("%.2f 429s a minute, want at most 2", n)
			}
			if n := perMinute(log.passed, full, end); n < 0.99*1200 {
				t.Errorf("%.0f calls a minute five minutes after the other client had gone, want at least 99 %% of 1200", n)
			}
		})
	}
}

// A server that counts exact seconds sees more than 20 calls in some, because the network shifts
// them. That must cost little, although each could cost a second. What is possible at all: of
// evenly sent calls, such a server would turn away one in twenty at 1200 a minute over a line with
// 50 ms of jitter, none at 1110; with 300 ms one in ten, and one in 500 at 1000.
func TestJitter(t *testing.T) {
	const end = 15 * time.Minute
	for _, test := range []struct {
		name   string
		kind   simulator.LimitKind
		jitter time.Duration
		least  float64 // calls a minute let through
	}{
		{"exact seconds, no jitter", simulator.Sliding, 0, 1190},
		{"exact seconds, 50 ms", simulator.Sliding, 50 * time.Millisecond, 1070},
		{"exact seconds, 300 ms", simulator.Sliding, 300 * time.Millisecond, 930},
		{"fixed seconds, 300 ms", simulator.Fixed, 300 * time.Millisecond, 990},
		{"bucket, 300 ms", simulator.TokenBucket, 300 * time.Millisecond, 0.98 * 1200},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newLimitTest(&counter{kind: test.kind, limit: 20, window: time.Second}, simulator.InSeconds)
				d.jitter = test.jitter
				log := d.run(t, end)
				if n := perMinute(log.passed, 0, end); n < test.least {
					t.Errorf("%.0f calls a minute were let through, want at least %.0f", n, test.least)
				}
				if n := perMinute(log.refused, time.Minute, end); n > 2 {
					t.Errorf("%.2f 429s a minute, want at most 2", n)
				}
			})
		})
	}
}

// Calls after a break say little about the server: if the first one is turned away we slow down a
// little, not to a crawl.
func TestThrottledAfterARest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newLimitTest(&counter{limit: 1200, window: time.Minute}, simulator.InSeconds)
		d.run(t, 2*time.Minute)
		time.Sleep(2 * time.Minute)
		slot, _ := d.limiter.Take(t.Context())
		_ = slot.Wait(t.Context())
		slot.Done(true)
		slot.Throttled(0)
		if s := d.limiter.Share(); s < 0.84 || s > 0.86 {
			t.Errorf("the share is %v after the first 429, want 0.85", s)
		}
	})
}
