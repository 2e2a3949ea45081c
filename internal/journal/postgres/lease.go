package postgres

import (
	"sync"
	"time"
)

// noEpoch means that no epoch is known yet.
const noEpoch = -1

// lease is what this process knows about its own lease: how long it lasts for sure, counted from before the database
// was asked to renew it.
//
// An epoch is a time during which the lease never ran out. What was begun in an earlier epoch may belong to another
// process by now. It is safe for concurrent use.
type lease struct {
	length time.Duration
	margin time.Duration // nothing leaves during this time before the end

	mu    sync.Mutex
	epoch int
	asked time.Time // when the latest renewal was asked for
}

// renewed notes that a call made at an instant renewed the lease. whole says that the lease had not run out before.
func (l *lease) renewed(asked time.Time, whole bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !whole || !l.lasts(asked) {
		l.epoch++
	}
	l.asked = asked
}

// lasts reports whether the lease holds at an instant, with the margin left. Both clocks must agree, because the
// monotonic one stops while the machine sleeps, and only the wall clock goes on.
func (l *lease) lasts(now time.Time) bool {
	left := l.length - l.margin
	wall := now.Round(0).Sub(l.asked.Round(0))
	return now.Sub(l.asked) < left && wall < left && wall > -l.margin
}

// now returns the current epoch, or errLapsed.
func (l *lease) now() (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.lasts(time.Now()) {
		return 0, errLapsed
	}
	return l.epoch, nil
}
