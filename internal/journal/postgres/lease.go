package postgres

import (
	"sync"
	"time"
)

// none is no epoch.
const noEpoch = -1

// lease is what this process knows of its own lease: until when it lasts for
// sure, counted from before the database was asked to renew it.
//
// An epoch is a time through which the lease has lasted without a gap. What was
// begun in an earlier epoch may be another process's by now. Safe for
// concurrent use.
type lease struct {
	length time.Duration
	margin time.Duration // before its end nothing leaves any more

	mu    sync.Mutex
	epoch int
	asked time.Time // when the renewal that holds was asked for
}

// renewed notes that the lease was renewed by a call that was made at an
// instant; whole says that it had not run out until then.
func (l *lease) renewed(asked time.Time, whole bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !whole || !l.lasts(asked) {
		l.epoch++
	}
	l.asked = asked
}

// lasts says whether the lease holds at an instant with the margin left. Both
// clocks must agree: the one that can't be set stands still while the machine
// sleeps, and the other one goes on.
func (l *lease) lasts(now time.Time) bool {
	left := l.length - l.margin
	wall := now.Round(0).Sub(l.asked.Round(0))
	return now.Sub(l.asked) < left && wall < left && wall > -l.margin
}

// now is the epoch that lasts, or errLapsed.
func (l *lease) now() (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.lasts(time.Now()) {
		return 0, errLapsed
	}
	return l.epoch, nil
}
