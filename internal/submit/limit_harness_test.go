package submit

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// limitTest runs a limiter against a server that only counts calls, so that half an hour takes a
// moment. Use it in a synctest bubble.
type limitTest struct {
	limiter *limit.Limiter
	server  *counter
	says    simulator.RetryAfter
	jitter  time.Duration               // of each direction, on top of oneWay
	storm   func(at time.Duration) bool // turns calls away whatever the limit; nil: never

	start time.Time
	mu    sync.Mutex
	rand  *rand.Rand
	log   callLog
}

// callLog is what happened to the calls, in times since the start.
type callLog struct {
	sent    []time.Duration
	passed  []time.Duration // when calls that got through arrived
	refused []time.Duration // when calls that were turned away arrived
}

const oneWay = 40 * time.Millisecond

func newLimitTest(c *counter, says simulator.RetryAfter) *limitTest {
	return &limitTest{limiter: limit.New(1200, time.Minute), server: c, says: says, jitter: oneWay,
		start: time.Now(), rand: rand.New(rand.NewPCG(1, 2))}
}

// run makes calls as fast as the limiter allows, and checks promise 3.
func (d *limitTest) run(t *testing.T, long time.Duration) callLog {
	t.Helper()
	for time.Since(d.start) < long {
		slot, err := d.limiter.Take(t.Context())
		if err == nil {
			err = slot.Wait(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		d.log.sent = append(d.log.sent, time.Since(d.start))
		there, back := d.way(), d.way()
		time.AfterFunc(there, func() { d.arrive(slot, back) })
	}
	time.Sleep(time.Minute) // for the last answers
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log.withinTheLimit(t)
	return d.log
}

func (d *limitTest) way() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return oneWay + time.Duration(d.rand.Int64N(int64(d.jitter)+1))
}

// arrive does what the server does, and what api.Client makes of the answer.
func (d *limitTest) arrive(slot *limit.Slot, back time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := time.Since(d.start)
	wait := d.server.admit(at)
	if d.storm != nil && d.storm(at) {
		wait = max(wait, time.Second)
	}
	if wait == 0 {
		d.log.passed = append(d.log.passed, at)
		time.AfterFunc(back, func() { slot.Done(true); slot.Passed() })
		return
	}
	d.log.refused = append(d.log.refused, at)
	header := d.header(wait)
	time.AfterFunc(back, func() { slot.Done(true); slot.Throttled(api.RetryAfter(header, time.Now())) })
}

func (d *limitTest) header(wait time.Duration) http.Header {
	h := http.Header{"Date": {time.Now().UTC().Format(http.TimeFormat)}}
	whole := (wait + time.Second - 1).Truncate(time.Second)
	switch d.says {
	case simulator.InSeconds:
		h.Set("Retry-After", strconv.Itoa(int(whole.Seconds())))
	case simulator.AsDate:
		h.Set("Retry-After", time.Now().Add(wait+time.Second).UTC().Format(http.TimeFormat))
	}
	return h
}

// otherClient is another client that makes some calls now and then, and ignores 429s.
func (d *limitTest) otherClient(calls int, every, from, to time.Duration) {
	time.Sleep(from - time.Since(d.start))
	for time.Since(d.start) < to {
		d.mu.Lock()
		for range calls {
			d.server.admit(time.Since(d.start))
		}
		d.mu.Unlock()
		time.Sleep(every)
	}
}

// withinTheLimit checks promise 3.
func (l *callLog) withinTheLimit(t *testing.T) {
	t.Helper()
	if n := busiestOf(l.sent, time.Second); n > 20 {
		t.Errorf("%d sent in a second, want at most 20", n)
	}
	if n := busiestOf(append(slices.Clone(l.passed), l.refused...), time.Minute); n > 1200 {
		t.Errorf("%d arrivals in a minute, want at most 1200", n)
	}
}

// busiestOf is busiest for times since a start.
func busiestOf(at []time.Duration, window time.Duration) int {
	instants := make([]time.Time, len(at))
	for i, d := range at {
		instants[i] = time.Time{}.Add(d)
	}
	return busiest(instants, window)
}

// perMinute returns how many calls a minute there were in a period.
func perMinute(at []time.Duration, from, to time.Duration) float64 {
	n := 0
	for _, t := range at {
		if from <= t && t < to {
			n++
		}
	}
	return float64(n) / (to - from).Minutes()
}

// counter is a server's limit, counted in one of the usual ways. Calls that it turns away don't
// count.
type counter struct {
	kind   simulator.LimitKind
	limit  int
	window time.Duration
	calls  []time.Duration // Sliding: calls of the last window
	number time.Duration   // Fixed: number of the window
	used   int             // Fixed: calls in that window
	full   time.Duration   // TokenBucket: when it is full again
}

// admit counts a call, or returns how long to wait.
func (c *counter) admit(now time.Duration) time.Duration {
	switch c.kind {
	case simulator.Fixed:
		return c.inWindow(now)
	case simulator.TokenBucket:
		return c.fromBucket(now)
	}
	for len(c.calls) > 0 && c.calls[0]+c.window <= now {
		c.calls = c.calls[1:]
	}
	if len(c.calls) >= c.limit {
		return c.calls[0] + c.window - now
	}
	c.calls = append(c.calls, now)
	return 0
}

func (c *counter) inWindow(now time.Duration) time.Duration {
	if n := now / c.window; n != c.number {
		c.number, c.used = n, 0
	}
	if c.used >= c.limit {
		return (c.number+1)*c.window - now
	}
	c.used++
	return 0
}

func (c *counter) fromBucket(now time.Duration) time.Duration {
	full := max(c.full, now) + c.window/time.Duration(c.limit)
	if full > now+c.window {
		return full - now - c.window
	}
	c.full = full
	return 0
}
