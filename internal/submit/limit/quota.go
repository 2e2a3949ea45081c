package limit

import (
	"context"
	"time"
)

// Quota is a limit of calls that several processes share. It is safe for concurrent use.
type Quota interface {
	// Reserve reserves a call, which may leave after the wait and not much later; a negative wait is already over. At
	// most limit calls count in a window, and the next call of any process leaves at least a gap later. If none is
	// free, call is 0, and wait says when to ask again.
	Reserve(ctx context.Context, gap time.Duration, limit int, window time.Duration) (call int64, wait time.Duration, err error)
	// Done says that a call no longer counts after an instant.
	Done(call int64, free time.Time)
	// Pause lets no call of any process leave for this long.
	Pause(time.Duration)
}

const (
	// sharedMargin is the spacing of calls, relative to window/limit, if processes share it: calls that leave up to
	// maxLate late still stay below the limit.
	sharedMargin = 1.02
	// maxLate is how much later than reserved a call may leave.
	maxLate = 15 * time.Millisecond
)

// NewShared returns a Limiter whose quota has the last word on when a call may leave.
func NewShared(limit int, window time.Duration, q Quota) *Limiter {
	l := New(limit, window)
	l.spacing = time.Duration(float64(window) / float64(limit) * sharedMargin)
	l.quota = q
	return l
}

// reserve is Wait for a shared limit. A call that missed its time is reserved again: leaving late, it could make a
// burst together with others.
func (s *Slot) reserve(ctx context.Context) error {
	l := s.limiter
	for {
		if err := SleepOr(ctx, max(0, time.Until(l.PausedUntil())), nil); err != nil {
			return err
		}
		call, wait, err := l.quota.Reserve(ctx, l.gap(), l.limit, l.window)
		if err != nil {
			return err
		}
		due := time.Now().Add(wait)
		if call == 0 {
			due = time.Now().Add(min(wait, time.Second)) // an answer may free one earlier
		}
		err = SleepOr(ctx, max(0, time.Until(due)), nil)
		switch {
		case err == nil && call != 0 && l.tryLeaveReserved(s, due):
			s.call = call
			return nil
		case call != 0:
			l.quota.Done(call, time.Now())
		}
		if err != nil {
			return err
		}
	}
}

// gap returns the spacing at the current pace.
func (l *Limiter) gap() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Duration(float64(l.spacing) / l.pace.share(time.Now()))
}

// tryLeaveReserved lets a call go unless there is a pause by now, or its time is over.
func (l *Limiter) tryLeaveReserved(s *Slot, due time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if l.paused.After(now) || now.Sub(due) > maxLate {
		return false
	}
	s.Sent = now
	l.traffic.Calls++
	return true
}

// pauseOthers makes a pause hold for all processes.
func (l *Limiter) pauseOthers() {
	if l.quota == nil {
		return
	}
	if left := time.Until(l.PausedUntil()); left > 0 {
		l.quota.Pause(left)
	}
}
