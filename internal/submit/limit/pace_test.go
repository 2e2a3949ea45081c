package limit

import (
	"testing"
	"time"
)

// Whatever the last 429 showed, full speed is back within five minutes, and calls never stop
// altogether or exceed full speed.
func TestPace(t *testing.T) {
	now := time.Now()
	var p pace
	if s := p.share(now); s != 1 {
		t.Errorf("at first the share is %v, want 1", s)
	}
	for through := 0.0; through <= 1.5; through += 0.05 {
		p := pace{}
		p.slow(now, through)
		if s, want := p.share(now), backoffShare*max(slowest, min(1, through)); s < want-1e-9 || s > want+1e-9 {
			t.Errorf("after a 429 at %.2f the share is %v, want %v", through, s, want)
		}
		last := 0.0
		for after := time.Duration(0); after <= 10*time.Minute; after += time.Second {
			s := p.share(now.Add(after))
			if s < last || s > 1 {
				t.Fatalf("%s after a 429 at %.2f the share is %v, after %v", after, through, s, last)
			}
			if after >= 5*time.Minute && s != 1 {
				t.Fatalf("%s after a 429 at %.2f the share is %v, want 1", after, through, s)
			}
			last = s
		}
	}
}
