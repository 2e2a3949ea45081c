package postgres

import (
	"time"
)

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
