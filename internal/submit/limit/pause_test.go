package limit

import (
	"testing"
	"testing/synctest"
	"time"
)

// An answer may come after the pause that it would have caused. Its call left before that pause, so
// it doesn't count, whatever happened since.
func TestThrottledLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(1200, time.Minute)
		var slots []*Slot
		for range 3 {
			slot, _ := l.Take(t.Context())
			_ = slot.Wait(t.Context())
			slots = append(slots, slot)
		}
		slots[0].Throttled(0)
		next, _ := l.Take(t.Context())
		_ = next.Wait(t.Context())
		next.Passed()
		if pause, streak := slots[1].Throttled(0); pause != 0 || streak != 0 {
			t.Errorf("late 429: pause %s, streak %d, want none", pause, streak)
		}
		if pause, _ := slots[2].Throttled(9 * time.Second); pause != 9*time.Second {
			t.Errorf("late 429 that names 9s: pause %s, want 9s", pause)
		}
	})
}

// A wait that turns out too short is doubled, and says nothing about the speed.
func TestPausesDouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(1200, time.Minute)
		for i, want := range []time.Duration{1, 4, 8, 16, 32, 60, 60} {
			slot, _ := l.Take(t.Context())
			_ = slot.Wait(t.Context())
			slot.Done(true)
			if pause, streak := slot.Throttled(time.Second); pause != want*time.Second || streak != i+1 {
				t.Errorf("pause %d: %s, streak %d, want %ds", i+1, pause, streak, want)
			}
			if s := l.pace.limit; s != 1 {
				t.Errorf("pause %d: the server's limit is taken for %v, want 1", i+1, s)
			}
		}
	})
}

// Waiting for the limit uses the monotonic clock: the clock may be set during a run.
func TestMonotonic(t *testing.T) {
	l := New(1200, time.Minute)
	l.Pause(time.Now())
	slot, _ := l.Take(t.Context())
	_ = slot.Wait(t.Context())
	slot.Done(true)
	slot.Throttled(time.Millisecond)
	for name, at := range map[string]time.Time{"sent": slot.Sent, "next": l.next, "paused": l.paused, "pausing": l.pausing,
		"began": l.began, "pace": l.pace.since, "release": l.release[0]} {
		if at == at.Round(0) { // Round(0) removes the monotonic reading
			t.Errorf("%s has no monotonic reading", name)
		}
	}
}
