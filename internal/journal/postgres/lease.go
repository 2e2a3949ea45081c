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

// lagSpan is how many answers are compared, together with as many before them.
const lagSpan = 32

// lag measures how much longer an answer of the database took than the quickest recent one. What the answer says
// about the time is out of date by that much. The two clocks needn't agree, and if one is set, lag adapts after some
// answers. The zero lag is ready for use. Not for concurrent use.
type lag struct {
	began    time.Time // when the first answer arrived, by this clock
	first    float64   // when it left, by the database's clock, in seconds
	quickest [2]time.Duration
	answers  int
}

// of returns the lag of an answer that left at a time by the database's clock, in seconds, and arrived at a time by
// this one.
func (g *lag) of(left float64, arrived time.Time) time.Duration {
	if g.answers == 0 {
		g.began, g.first = arrived, left
	}
	d := arrived.Sub(g.began) - time.Duration((left-g.first)*float64(time.Second))
	if g.answers%lagSpan == 0 {
		g.quickest[1], g.quickest[0] = g.quickest[0], d
	}
	g.quickest[0] = min(g.quickest[0], d)
	if g.answers++; g.answers <= lagSpan {
		g.quickest[1] = g.quickest[0]
	}
	return d - min(g.quickest[0], g.quickest[1])
}
