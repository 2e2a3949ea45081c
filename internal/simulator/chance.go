package simulator

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"time"
)

// dice are thrown for one call. They depend on what the call is and not on how
// the calls of many workers happen to be interleaved, so that a seed gives each
// office its faults again.
func (s *Server) dice(call ...any) *rand.Rand {
	seed := sha256.Sum256(fmt.Appendf(nil, "%d %q", s.config.Seed, call))
	return rand.New(rand.NewChaCha8(seed))
}

// draw is a fault of the mix, for x from 0 to 1. The faults have an order,
// other than the entries of a map.
func (m Mix) draw(x float64) Fault {
	for _, f := range AllFaults() {
		if x -= m[f]; x < 0 {
			return f
		}
	}
	return None
}

// befall chooses what goes wrong with a call, and by how much the list is
// behind should it create an office.
func (s *Server) befall(c Call, body []byte) (f Fault, late time.Duration) {
	dice := s.dice(c.Method, c.Path, string(body), c.Attempt)
	mix := s.config.Faults.Get
	if c.Method == "POST" {
		mix = s.config.Faults.Post
	}
	f = mix.draw(dice.Float64())
	if s.config.Decide != nil {
		f = s.config.Decide(c)
	}
	if f == LateListing || dice.Float64() < s.config.Faults.Late.Share {
		late = s.config.Faults.Late.By
	}
	return f, late
}

// delay is a latency of at least base, for the nth call.
func (s *Server) delay(base time.Duration, way string, n int) time.Duration {
	if jitter := s.config.Latency.Jitter; jitter > 0 {
		base += time.Duration(s.dice("latency", way, n).Int64N(int64(jitter)))
	}
	return base
}
