package simulator

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// rehearsed sends n offices in parallel with simulated failures, each until it succeeds, and returns the status of
// every attempt, by office.
func rehearsed(t *testing.T, seed uint64, n int) [][]int {
	answers := make([][]int, n)
	synctest.Test(t, func(t *testing.T) {
		config := Realistic(seed)
		config.Limits = Limits{} // which calls they reject depends on the order
		s, c := inPipes(t, config)
		defer s.Close()
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() { answers[i] = insist(c, minimal(fmt.Sprint("Office ", i), "DE").json()) })
		}
		all.Wait()
		if v := s.Truth().Verdict(); v.Once+len(v.More) < n {
			t.Errorf("verdict: %+v", v)
		}
	})
	return answers
}

// insist sends a body until it succeeds and returns every status; 0 means no complete answer.
func insist(c caller, body string) []int {
	var statuses []int
	for {
		ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
		a := c.do(ctx, "POST", offices, body)
		cancel()
		if a.err != nil {
			a.status = 0
		}
		if statuses = append(statuses, a.status); saw(a) == good {
			return statuses
		}
	}
}

func TestFaultsAreRepeatable(t *testing.T) {
	first, again, other := rehearsed(t, 1, 60), rehearsed(t, 1, 60), rehearsed(t, 2, 60)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("one seed, two outcomes:\n%s", diff)
	}
	if cmp.Equal(first, other) {
		t.Error("another seed has the same faults")
	}
}

func TestRealisticIsABadDay(t *testing.T) {
	config := Realistic(1)
	sum := 0.0
	for f, p := range config.Faults.Post {
		if sum += p; f == HTMLPage || f == Redirect302 || f == Redirect307 {
			t.Errorf("%v would end a rehearsal without fault of the importer", f)
		}
	}
	if sum < 0.15 || sum > 0.2 {
		t.Errorf("%.3f of POSTs are faulty", sum)
	}
	s, befell := New(config), map[Fault]float64{}
	const calls = 20000
	for i := range calls {
		f, _ := s.chooseFault(Call{Method: "POST", Path: offices, Attempt: 1}, fmt.Append(nil, i))
		befell[f]++
	}
	for f, p := range config.Faults.Post {
		// Five standard deviations: as the seed is fixed, the test either always passes or always fails.
		if far := math.Abs(befell[f] - p*calls); far > 5*math.Sqrt(p*calls) {
			t.Errorf("%v befell %v of %d calls, its probability is %v", f, befell[f], calls, p)
		}
	}
	if drawn, want := len(befell), len(config.Faults.Post)+1; drawn != want {
		t.Errorf("%d faults drawn, want %d: %v", drawn, want, slices.Sorted(maps.Keys(befell)))
	}
}

func TestMixDraw(t *testing.T) {
	m := Mix{ResetAfter: 0.25, AnswerLost: 0.5, None: 9}
	for x, want := range map[float64]Fault{0: AnswerLost, 0.49: AnswerLost, 0.5: ResetAfter, 0.74: ResetAfter, 0.75: None, 0.99: None} {
		if got := m.draw(x); got != want {
			t.Errorf("draw(%v) is %v, want %v", x, got, want)
		}
	}
	if got := Mix(nil).draw(0); got != None {
		t.Errorf("nothing to draw from gave %v", got)
	}
}

func TestJitterMovesArrivals(t *testing.T) {
	s := New(Config{Latency: Latency{Jitter: time.Second}})
	seen := map[time.Duration]bool{}
	for i := range 100 {
		d := s.delay(time.Second, "there", i)
		if d < time.Second || d >= 2*time.Second || d != s.delay(time.Second, "there", i) {
			t.Errorf("delay of call %d is %v", i, d)
		}
		seen[d] = true
	}
	if len(seen) < 90 {
		t.Errorf("100 calls had %d delays", len(seen))
	}
}
