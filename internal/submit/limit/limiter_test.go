package limit

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestThrottled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(1200, time.Minute)
		send := func() *Slot {
			slot, err := l.Take(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := slot.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			return slot
		}
		a, b := send(), send()
		for _, slot := range []*Slot{a, b} {
			slot.Done(true)
		}
		if pause, streak := a.Throttled(0); pause != 2*time.Second || streak != 1 {
			t.Errorf("first 429: pause %s, streak %d, want 2s, 1", pause, streak)
		}
		if pause, streak := b.Throttled(0); pause != 2*time.Second || streak != 1 {
			t.Errorf("second 429 of the same pause: pause %s, streak %d, want it not counted", pause, streak)
		}
		c := send()
		c.Done(true)
		if pause, streak := c.Throttled(0); pause != 4*time.Second || streak != 2 {
			t.Errorf("429 after the pause: pause %s, streak %d, want 4s, 2", pause, streak)
		}
		d := send()
		d.Done(true)
		d.Passed()
		e := send()
		e.Done(true)
		if pause, streak := e.Throttled(7 * time.Second); pause != 7*time.Second || streak != 1 {
			t.Errorf("429 that names 7s: pause %s, streak %d, want 7s, 1", pause, streak)
		}
	})
}

// A slot that was never used is free at once; one without an answer is held longer.
func TestSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct {
			name     string
			sent     bool
			answered bool
			held     time.Duration
		}{{"not sent", false, false, 0}, {"answered", true, true, time.Minute}, {"no answer", true, false, 70 * time.Second}} {
			l := New(1, time.Minute)
			slot, _ := l.Take(t.Context())
			if test.sent {
				_ = slot.Wait(t.Context())
			}
			slot.Done(test.answered)
			start := time.Now()
			if _, err := l.Take(t.Context()); err != nil {
				t.Fatal(err)
			}
			if held := time.Since(start); held != test.held {
				t.Errorf("%s: slot held for %s, want %s", test.name, held, test.held)
			}
		}
	})
}
