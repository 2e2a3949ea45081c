// Package limit paces the calls to the server: one Limiter for all workers and all kinds of calls.
package limit

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

const (
	// spacingMargin keeps calls slightly further apart than window/limit: 50.15 ms at 1200 a minute.
	spacingMargin = 1.003
	// unansweredHold is how much longer a call without a response holds its slot: its packets may arrive after we
	// have given up on it.
	unansweredHold = 10 * time.Second
)

// Limiter paces every call to the server, of all workers together, by two rules.
//
// Spacing: calls never leave closer together than slightly more than window/limit.
//
// Window log: at most limit calls hold a slot, and a slot is free again only a window after its call's response. A
// call arrives at the server between its sending and its response, so no window at the server can have more than
// limit arrivals, whatever the network does.
//
// If the server turns calls away nevertheless, all of them pause, and then go on more slowly for a while; see pace.
//
// It is safe for concurrent use.
type Limiter struct {
	window  time.Duration
	limit   int
	spacing time.Duration // between two calls at full speed
	turn    chan struct{} // held by the call that leaves next

	mu      sync.Mutex
	freed   chan struct{} // closed and replaced when a call is done
	taken   int           // slots held by calls under way and calls of the last window
	release instants      // when the slots of answered calls become free
	next    time.Time     // the earliest time of the next call
	paused  time.Time     // nothing leaves before this
	pausing time.Time     // when the last pause began
	streak  int           // number of pauses since a call got through
	pace    pace
	quota   Quota     // nil: this process has the limit to itself
	began   time.Time // since when calls have left without a break of a window or more
	traffic Traffic
}

// New returns a limiter that allows limit calls in any window, evenly spaced. Both must be positive; Dialpad's
// documented limit is 1200 calls a minute.
func New(limit int, window time.Duration) *Limiter {
	return &Limiter{
		window: window, limit: limit,
		spacing: time.Duration(float64(window) / float64(limit) * spacingMargin),
		turn:    make(chan struct{}, 1), freed: make(chan struct{}),
	}
}

// Spacing returns the time between two calls at full speed.
func (l *Limiter) Spacing() time.Duration { return l.spacing }

// Slot is the right to make one call. Not for concurrent use.
type Slot struct {
	limiter *Limiter
	call    int64     // the quota's id for it; 0: none was reserved
	Sent    time.Time // when Wait let the call go; zero until then
}

// Take waits for a free slot. The caller must give it back with Done. The only error is the context's.
func (l *Limiter) Take(ctx context.Context) (*Slot, error) {
	for {
		wait, freed := l.tryTake(time.Now())
		if wait <= 0 {
			return &Slot{limiter: l}, nil
		}
		if err := SleepOr(ctx, wait, freed); err != nil {
			return nil, err
		}
	}
}

// tryTake takes a slot, or returns how long to wait for the next one and a channel that closes if one may be free
// earlier.
func (l *Limiter) tryTake(now time.Time) (wait time.Duration, freed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire(now)
	if l.taken < l.limit {
		l.taken++
		return 0, nil
	}
	if len(l.release) == 0 {
		return l.window, l.freed // all are under way, so Done wakes us up
	}
	return l.release[0].Sub(now), l.freed
}

// expire frees the slots whose window is over.
func (l *Limiter) expire(now time.Time) {
	for len(l.release) > 0 && !l.release[0].After(now) {
		heap.Pop(&l.release)
		l.taken--
	}
}

// Wait is the last gate before a call leaves: it keeps the spacing and the pauses. The only errors are the context's
// and the quota's, and then the call must not be made.
func (s *Slot) Wait(ctx context.Context) error {
	l := s.limiter
	if l.quota != nil {
		return s.reserve(ctx)
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		wait := l.tryLeave(s)
		if wait <= 0 {
			return nil
		}
		if err := SleepOr(ctx, wait, nil); err != nil {
			return err
		}
	}
}

// tryLeave lets the call go if it may leave now, or returns how long it must wait.
func (l *Limiter) tryLeave(s *Slot) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	opens := l.next
	if l.paused.After(opens) {
		opens = l.paused
	}
	if wait := opens.Sub(now); wait > 0 {
		return wait
	}
	if now.Sub(l.next) > l.window {
		l.began = now
	}
	s.Sent = now
	l.traffic.Calls++
	l.next = now.Add(time.Duration(float64(l.spacing) / l.pace.share(now))) // never less than the spacing
	return 0
}

// Done gives the slot back. answered says whether a response came. A slot whose call never left is free at once.
func (s *Slot) Done(answered bool) {
	l := s.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	free := time.Now()
	switch {
	case s.Sent.IsZero(): // it never left
	case answered:
		free = free.Add(l.window)
	default:
		free = free.Add(l.window + unansweredHold)
	}
	if s.call != 0 {
		l.quota.Done(s.call, free)
	}
	heap.Push(&l.release, free)
	close(l.freed)
	l.freed = make(chan struct{})
}

// SleepOr sleeps for d, unless woken or cancelled. wake may be nil. The error is the context's.
func SleepOr(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// instants is a heap of points in time, the earliest first.
type instants []time.Time

func (t instants) Len() int           { return len(t) }
func (t instants) Less(i, j int) bool { return t[i].Before(t[j]) }
func (t instants) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *instants) Push(x any)        { *t = append(*t, x.(time.Time)) }
func (t *instants) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}
