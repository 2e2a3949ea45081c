package submit

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// step is how far apart the places are at which calls are cut, but for the
// edges; it is odd, so that no period of the bytes hides one.
const step = 13

// A connection that was in use before is cut after so many bytes of a request,
// or of its answer: what the client makes of it, and what the server did.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	overBoth(t, func(t *testing.T, f *tcpServer) {
		request, head, answer := measure(t, f)
		t.Logf("a request has %d bytes, an answer %d, of which %d are its head", request, answer, head)
		for _, how := range []breakage{closes, resets} {
			for _, n := range cutPoints(request-1, 1) {
				cutOnce(t, f, breakPlan{up: n, down: everything, how: how}, 0, api.Ambiguous)
			}
			for _, n := range cutPoints(answer-1, head-1, head, head+1) {
				want := []api.Verdict{api.Ambiguous}
				if n >= head {
					want = []api.Verdict{api.Claimed}
					if how == resets {
						want = []api.Verdict{api.Claimed, api.Ambiguous} // a reset may overtake what was sent before
					}
				}
				cutOnce(t, f, breakPlan{up: everything, down: n, how: how}, 1, want...)
			}
			cutOnce(t, f, breakPlan{up: request, down: answer, how: how}, 1, api.Accepted)
		}
	})
}

// measure finds out how many bytes a request and its answer have, and how many
// of these tell its status: all where TLS hides them in one record.
func measure(t *testing.T, f *tcpServer) (request, head, answer int) {
	t.Helper()
	c := cutOnce(t, f, breakPlan{up: everything, down: everything}, 1, api.Accepted)
	text := c.answer()
	head = len(text)
	if f.roots == nil {
		head = bytes.Index(text, []byte("\r\n\r\n")) + 4
	}
	return c.sent(), head, len(text)
}

// places are from 0 to the last, with the edges among them.
func cutPoints(last int, edges ...int) []int {
	all := append(edges, last)
	for n := 0; n < last; n += step {
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(n int) bool { return n > last })
}

// cutOnce makes one call through a cable that is in trouble from its beginning.
func cutOnce(t *testing.T, f *tcpServer, tr breakPlan, made int, want ...api.Verdict) *cable {
	t.Helper()
	c := newCable(t, f.address())
	client := f.client(c.address(), limit.New(1_000_000, time.Minute), 10*time.Second)
	haveIdle(t, client)
	name := fmt.Sprintf("Office %04d", len(f.simulator.Truth().Arrivals))
	a, err := client.Create(t.Context(), row(t, 2, name).Body, func() error { c.arm(tr); return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := f.times(name); !slices.Contains(want, a.Verdict) || n != made {
		t.Errorf("%+v: verdict %v (%s), %d offices, want %v, %d", tr, a.Verdict, a.Words, n, want, made)
	}
	return c
}
