package limit

import (
	"slices"
	"sync"
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

// The last gate holds all calls during a pause, and they don't bunch after it.
func TestPauseHoldsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(1200, time.Minute)
		var mu sync.Mutex
		var sent []time.Time
		pauseEnds := time.Now().Add(30 * time.Second)
		l.Pause(pauseEnds)
		var workers sync.WaitGroup
		for range 64 {
			workers.Go(func() {
				slot, err := l.Take(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if err := slot.Wait(t.Context()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				sent = append(sent, time.Now())
				mu.Unlock()
				slot.Done(true)
			})
		}
		workers.Wait()
		slices.SortFunc(sent, time.Time.Compare)
		if sent[0].Before(pauseEnds) {
			t.Errorf("a call left %s before the pause ended", pauseEnds.Sub(sent[0]))
		}
		for i := 20; i < len(sent); i++ {
			if took := sent[i].Sub(sent[i-20]); took < time.Second {
				t.Errorf("21 calls left within %s after the pause", took)
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
