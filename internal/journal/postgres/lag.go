package postgres

import (
	"time"
)

// lagSpan is how many answers are compared, and as many before them.
const lagSpan = 32

// lag tells how much longer than the quickest of late an answer of the database
// was on its way: by so much what it says of the time is out of date. The two
// clocks needn't agree, and one that is set is known again after some answers.
// The zero lag is ready for use; it is not for concurrent use.
type lag struct {
	began    time.Time // of this clock, when the first answer arrived
	first    float64   // of the database's, when it left; seconds
	quickest [2]time.Duration
	answers  int
}

// of is the lag of an answer that left by the database's clock, in seconds, and
// arrived by this one.
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
