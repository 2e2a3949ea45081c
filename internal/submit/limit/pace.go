package limit

import (
	"math"
	"time"
)

const (
	// Yield is what a 429 leaves of the server's limit as speed.
	BackoffShare = 0.85
	// recovery is how long the curve takes from nothing to full speed. From
	// where it takes longest, some 30 % of full speed, it is a quarter more.
	recovery = 4 * time.Minute
	// slowest is the least limit that is believed: one call a second at 1200 a minute.
	slowest = 1.0 / 20
)

// pace is how fast calls may go, as a share of full speed, where the server
// lets fewer through than it should: its limit is lower than we were told, or
// another program uses some of it. The curve is that of TCP CUBIC (RFC 9438).
//
// What the server let through in the window before a 429 is remembered as its
// limit, and the speed drops somewhat below that. From there it comes back
// along a cubic curve: soon near the remembered limit, level around it, and
// ever faster beyond. So a lower limit is used nearly whole and tried every two
// or three minutes, and yet full speed is back within five minutes of the last
// 429, however low that was.
//
// The zero pace is full speed. Not for concurrent use.
type pace struct {
	Limit float64   // the server's, as the last 429 showed it
	Since time.Time // the last 429; zero: there was none
}

// share is the speed now, above 0 and at most 1.
func (p *pace) share(now time.Time) float64 {
	level := math.Cbrt(p.Limit * (1 - BackoffShare)) // when the curve is at the limit again
	t := float64(now.Sub(p.Since)) / float64(recovery)
	return min(1, p.Limit+math.Pow(t-level, 3))
}

// slow takes the speed down after a 429; through is the share of full speed
// that the server has let through.
func (p *pace) slow(now time.Time, through float64) {
	p.Limit, p.Since = max(slowest, min(p.share(now), through)), now
}
