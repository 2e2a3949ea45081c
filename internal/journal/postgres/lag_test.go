package postgres

import (
	"testing"
	"time"
)

func TestLag(t *testing.T) {
	const ms = time.Millisecond
	here, there := time.Now(), 1.5e9 // clocks that don't agree
	var g lag
	answer := func(late time.Duration) time.Duration {
		here, there = here.Add(50*ms), there+0.05
		return g.of(there, here.Add(late)).Round(ms)
	}
	for i, tt := range []struct{ late, want time.Duration }{
		{30 * ms, 0}, // nothing is known yet
		{35 * ms, 5 * ms}, {20 * ms, 0}, {21 * ms, ms}, {70 * ms, 50 * ms}, {20 * ms, 0},
	} {
		if got := answer(tt.late); got != tt.want {
			t.Errorf("answer %d: %v late, want %v", i, got, tt.want)
		}
	}
	there -= 3 // somebody sets the database's clock back
	if got := answer(20 * ms); got != 3*time.Second {
		t.Errorf("%v late, want the 3 s that nobody can tell from it", got)
	}
	for range 2 * lagSpan {
		answer(20 * ms)
	}
	if got := answer(25 * ms); got != 5*ms {
		t.Errorf("%v late once the clock is known again, want 5 ms", got)
	}
	there += 3 // and forward
	if got := answer(20 * ms); got != 0 {
		t.Errorf("%v late after a clock was set forward", got)
	}
}
