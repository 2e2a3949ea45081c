package limit

import (
	"testing"
	"testing/synctest"
	"time"
)

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
