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

// step is the distance between two places where calls are cut, apart from the edges. It is odd, so
// that it doesn't match a pattern in the bytes.
const step = 13

// A connection that was used before is cut after N bytes of a request or of its answer. This checks
// the client's verdict and what the server did.
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
						want = []api.Verdict{api.Claimed, api.Ambiguous} // a reset may discard what was sent before
					}
				}
				cutOnce(t, f, breakPlan{up: everything, down: n, how: how}, 1, want...)
			}
			cutOnce(t, f, breakPlan{up: request, down: answer, how: how}, 1, api.Accepted)
		}
	})
}

// measure returns how many bytes a request and its answer have, and how many of those show the
// status: all of them with TLS, which puts them into one record.
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

// cutPoints returns places from 0 to the last, including the edges.
func cutPoints(last int, edges ...int) []int {
	all := append(edges, last)
	for n := 0; n < last; n += step {
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(n int) bool { return n > last })
}

// cutOnce makes one call through a cable that breaks.
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
