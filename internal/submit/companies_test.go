package submit

import (
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Limits are per company: side by side two companies make more calls than one may, while each stays
// within its own limit.
func TestCompaniesSideBySide(t *testing.T) {
	if testing.Short() {
		t.Skip("makes thousands of calls")
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Limits: simulator.DocumentedLimits(), Latency: simulator.Latency{Before: 50 * time.Millisecond}})
		const rows = 1500
		var runs sync.WaitGroup
		for _, company := range []string{"1", "2"} {
			runs.Go(func() {
				limiter := limit.New(1200, time.Minute)
				client := api.New(api.Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Key: api.NewSecret("key"), Company: company, Timeout: time.Minute, Dial: w.pipes.Dial}, limiter)
				defer client.Close()
				f, journal := rowsOf(t, rows), newMemoryJournal()
				s, err := New(client, limiter, journal, f, w.options)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := s.Run(t.Context(), f.requests()); err != nil || s.Progress().Created != rows {
					t.Errorf("company %s: %v, %s", company, err, s.Progress())
				}
			})
		}
		runs.Wait()
		truth := w.server.Truth()
		if v := truth.Verdict(); v.Once != 2*rows || v.TooMany > 0 || v.BusiestMinute > 1200 || v.BusiestSecond > 21 {
			t.Errorf("%d offices, %d calls answered 429, busiest minute %d, second %d of one company", v.Once, v.TooMany, v.BusiestMinute, v.BusiestSecond)
		}
		all := simulator.Truth{}
		for _, a := range truth.Arrivals {
			all.Arrivals = append(all.Arrivals, simulator.Arrival{At: a.At})
		}
		if n := all.Busiest(time.Minute); n < 2300 {
			t.Errorf("both together made at most %d calls in a minute, and may make 2400", n)
		}
	})
}

// The limit on refusals covers all companies of a run.
func TestFailuresAreShared(t *testing.T) {
	f := NewFailures(2)
	for i, verdict := range []api.Verdict{api.Rejected, api.Accepted, api.Denied, api.Ambiguous} {
		if why := f.count(&api.Answer{Verdict: verdict}); why != nil {
			t.Errorf("stopped at answer %d: %v", i, why)
		}
	}
	if why := f.count(&api.Answer{Verdict: api.Rejected}); why == nil || why.Reason != StopFailures || why.Error() != "3 rows were refused, more than --max-failures allows" {
		t.Errorf("not stopped: %v", why)
	}
	if why := NewFailures(0).count(&api.Answer{Verdict: api.Rejected}); why != nil {
		t.Errorf("without a bound: %v", why)
	}
}
