package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// A page in the middle of a list is tried up to three times. The first page isn't: if it fails, the
// whole list is tried again.
func TestListTakesAPageAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		fails []int // numbers of the calls that fail, from 1
		calls int
		whole bool
	}{
		"none":                   {nil, 3, true},
		"second page once":       {[]int{2}, 4, true},
		"second and third twice": {[]int{2, 3, 5, 6}, 7, true},
		"third page for good":    {[]int{3, 4, 5}, 5, false},
		"first page":             {[]int{1}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, pipes := simulator.New(simulator.Config{Offices: make([]simulator.Office, 6), PageSize: 3, Decide: failing(tt.fails)}), apitest.NewPipes()
				go func() { _ = server.Serve(pipes) }()
				defer server.Close()
				client := New(Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Key: NewSecret("key"), Timeout: time.Minute, Dial: pipes.Dial}, limit.New(1200, time.Minute))
				defer client.Close()
				l, err := client.List(t.Context())
				if calls := len(server.Truth().Arrivals); calls != tt.calls {
					t.Errorf("%d calls, want %d", calls, tt.calls)
				}
				var failed *ListError
				switch {
				case !tt.whole && !errors.As(err, &failed):
					t.Errorf("error %v, want a list error", err)
				case tt.whole && (err != nil || len(l.Offices) != 7): // the primary office too
					t.Errorf("error %v, list %v", err, l)
				}
			})
		})
	}
}

// failing makes the calls with these numbers fail.
func failing(numbers []int) func(simulator.Call) simulator.Fault {
	faults := []simulator.Fault{simulator.Status503Before, simulator.TruncatedBody, simulator.HTMLPage}
	return func(c simulator.Call) simulator.Fault {
		for i, n := range numbers {
			if c.Number == n {
				return faults[i%len(faults)]
			}
		}
		return simulator.None
	}
}

// A list that is turned away because of a rate limit, whatever the status, is asked for again: a GET creates nothing.
func TestListWaitsForALimit(t *testing.T) {
	for _, status := range []int{http.StatusTooManyRequests, http.StatusForbidden, http.StatusBadRequest, http.StatusBadGateway, http.StatusServiceUnavailable} {
		for name, page := range map[string]int{"first": 1, "second": 2} {
			t.Run(fmt.Sprint(status, " ", name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					calls := 0
					client, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) {
						switch calls++; {
						case calls >= page && calls < page+4:
							w.WriteHeader(status)
							_, _ = io.WriteString(w, `{"error":{"code":0,"message":"busy","errors":[{"reason":"rateLimitExceeded"}]}}`)
						case calls == 1:
							_, _ = io.WriteString(w, `{"items":[{"id":1}],"cursor":"x"}`)
						default:
							_, _ = io.WriteString(w, `{"items":[{"id":2}]}`)
						}
					})
					if _, err := client.List(t.Context()); err != nil {
						t.Errorf("after %d calls: %v", calls, err)
					}
				})
			})
		}
	}
}
