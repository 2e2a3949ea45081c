package limit

import (
	"math"
	"time"
)

const (
	// backoffShare is the share of the server's limit that is left as speed after a 429.
	backoffShare = 0.85
	// recovery is how long the curve takes from zero to full speed. It takes a quarter more from where it is slowest,
	// at about 30 % of full speed.
	recovery = 4 * time.Minute
	// slowest is the lowest limit that we believe: one call a second at 1200 a minute.
	slowest = 1.0 / 20
)

// pace is how fast calls may go, as a share of full speed, if the server lets fewer through than it should: its limit
// is lower than we were told, or another program uses part of it. The curve is that of TCP CUBIC (RFC 9438).
//
// A 429 means that what the server let through in the window before is its limit, and the speed drops somewhat below
// that. From there it comes back along a cubic curve: quickly near that limit, level around it, and ever faster
// beyond. So a lower limit is nearly fully used and tested every two or three minutes, and full speed is back within
// five minutes of the last 429, however low that was.
//
// The zero pace is full speed. Not for concurrent use.
type pace struct {
	limit float64   // the server's limit, as the last 429 showed it
	since time.Time // when the last 429 came; zero: there was none
}

// share returns the speed now, above 0 and at most 1.
func (p *pace) share(now time.Time) float64 {
	level := math.Cbrt(p.limit * (1 - backoffShare)) // when the curve is back at the limit
	t := float64(now.Sub(p.since)) / float64(recovery)
	return min(1, p.limit+math.Pow(t-level, 3))
}

// slow reduces the speed after a 429. through is the share of full speed that the server let through.
func (p *pace) slow(now time.Time, through float64) {
	p.limit, p.since = max(slowest, min(p.share(now), through)), now
}
