package simulator

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"time"
)

// dice returns the random numbers for one call. They depend on the content of the call and not on the order of calls,
// so that a seed gives each office the same faults again, however many workers call.
func (s *Server) dice(call ...any) *rand.Rand {
	seed := sha256.Sum256(fmt.Appendf(nil, "%d %q", s.config.Seed, call))
	return rand.New(rand.NewChaCha8(seed))
}

// draw picks a fault of the mix, for x from 0 to 1. It goes through the faults in a fixed order, which a map doesn't
// have.
func (m Mix) draw(x float64) Fault {
	for _, f := range AllFaults() {
		if x -= m[f]; x < 0 {
			return f
		}
	}
	return None
}

// chooseFault chooses what goes wrong with a call, and how late the list shows the office that it may create.
func (s *Server) chooseFault(c Call, body []byte) (f Fault, late time.Duration) {
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

// delay returns a random latency of at least base for the nth call.
func (s *Server) delay(base time.Duration, way string, n int) time.Duration {
	if jitter := s.config.Latency.Jitter; jitter > 0 {
		base += time.Duration(s.dice("latency", way, n).Int64N(int64(jitter)))
	}
	return base
}
