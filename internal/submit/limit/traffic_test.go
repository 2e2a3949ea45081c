package limit

import (
	"testing"
	"testing/synctest"
	"time"
)

// A call that never left doesn't count, and a pause that is extended counts once.
func TestTrafficOfPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(1200, time.Minute)
		l.Pause(time.Now().Add(time.Second))
		l.Pause(time.Now().Add(3 * time.Second)) // drawn out
		time.Sleep(4 * time.Second)
		l.Pause(time.Now().Add(time.Second))
		slot, err := l.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		slot.Done(false)
		if got, want := l.Traffic(), (Traffic{Pauses: 2}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}
