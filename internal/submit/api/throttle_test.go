package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	const forever = (1<<31 - 1) * time.Second
	for _, test := range []struct {
		name   string
		date   string // the server's clock; empty: no Date header
		values []string
		want   time.Duration
	}{
		{"none", date(0), nil, 0},
		{"empty", date(0), []string{""}, 0},
		{"zero", date(0), []string{"0"}, 0},
		{"one", date(0), []string{"1"}, time.Second},
		{"an hour", date(0), []string{"3600"}, time.Hour},
		{"with white space", date(0), []string{" 7\t"}, 7 * time.Second},
		{"leading zeros", date(0), []string{"007"}, 7 * time.Second},
		{"negative", date(0), []string{"-5"}, 0},
		{"with a plus", date(0), []string{"+5"}, 0},
		{"a fraction", date(0), []string{"1.5"}, 0},
		{"with a unit", date(0), []string{"5s"}, 0},
		{"words", date(0), []string{"soon"}, 0},
		{"RFC 3339", date(0), []string{"2026-03-01T12:01:00Z"}, 0},
		{"the greatest number", date(0), []string{"2147483647"}, forever},
		{"one more", date(0), []string{"2147483648"}, forever},
		{"more than 64 bits", date(0), []string{"99999999999999999999999"}, forever},
		{"several", date(0), []string{"1", "soon", "30", "2"}, 30 * time.Second},
		{"a number and a date", date(0), []string{"1", date(time.Minute)}, time.Minute},
		{"date", date(0), []string{date(time.Minute)}, time.Minute},
		{"date of RFC 850", date(0), []string{"Sunday, 01-Mar-26 12:01:00 GMT"}, time.Minute},
		{"date of asctime", date(0), []string{"Sun Mar  1 12:01:00 2026"}, time.Minute},
		{"date in the past", date(0), []string{date(-time.Minute)}, 0},
		{"date that is now", date(0), []string{date(0)}, 0},
		{"the server's clock is an hour ahead", date(time.Hour), []string{date(time.Hour + time.Minute)}, time.Minute},
		{"the server's clock is an hour behind", date(-time.Hour), []string{date(-time.Hour + time.Minute)}, time.Minute},
		{"the server's clock is years behind", "Thu, 01 Jan 1970 00:00:00 GMT", []string{"Thu, 01 Jan 1970 00:00:30 GMT"}, 30 * time.Second},
		{"no clock of the server", "", []string{date(time.Minute)}, time.Minute},
		{"a clock that is no date", "noon", []string{date(time.Minute)}, time.Minute},
		{"the end of time", date(0), []string{"Fri, 31 Dec 9999 23:59:59 GMT"}, 1<<63 - 1},
	} {
		header := http.Header{}
		if test.date != "" {
			header.Set("Date", test.date)
		}
		for _, v := range test.values {
			header.Add("Retry-After", v)
		}
		if got := RetryAfter(header, now); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// answering returns a client of a server that is a function. Use it in a synctest bubble.
func answering(t *testing.T, handler http.HandlerFunc) (*Client, *limit.Limiter) {
	line := apitest.NewPipes()
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(line) }()
	limiter := limit.New(1200, time.Minute)
	client := New(Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Timeout: time.Minute, Dial: line.Dial}, limiter)
	t.Cleanup(func() { client.Close(); _ = server.Close() })
	return client, limiter
}

// What an answer means for the next call, through the whole client: it waits as the server says,
// or, if that makes no sense, for our own pause.
func TestPausesAsAsked(t *testing.T) {
	const limited = `{"error":{"code":0,"message":"busy","errors":[{"domain":"global","message":"busy","reason":"rateLimitExceeded"}]}}`
	for _, test := range []struct {
		name    string
		status  int
		value   string // of Retry-After; "-": no such header
		body    string
		verdict Verdict
		want    time.Duration // how long the next call waits, give or take a spacing
	}{
		{"429 with seconds", 429, "3", "", Throttled, 3 * time.Second},
		{"429 without", 429, "-", "", Throttled, limit.FirstPause},
		{"429 with zero", 429, "0", "", Throttled, limit.FirstPause},
		{"429 with garbage", 429, "soon", "", Throttled, limit.FirstPause},
		{"429 with a date in the past", 429, "Thu, 01 Jan 1970 00:00:00 GMT", "", Throttled, limit.FirstPause},
		{"429 with an hour", 429, "3600", "", Throttled, time.Hour},
		{"403 that means 429", 403, "3", limited, Throttled, 3 * time.Second},
		{"403 in other words", 403, "3", strings.ReplaceAll(limited, "rateLimitExceeded", "rate_limit_exceeded"), Throttled, 3 * time.Second},
		{"500 that speaks of a limit", 500, "-", limited, Ambiguous, limit.FirstPause},
		{"502 that speaks of a limit", 502, "-", limited, Ambiguous, limit.FirstPause},
		{"503 that speaks of a limit", 503, "-", limited, Ambiguous, limit.FirstPause},
		{"503 that speaks of a limit and names a wait", 503, "7", limited, Ambiguous, 7 * time.Second},
		{"400 that speaks of a limit", 400, "3", limited, Ambiguous, 3 * time.Second},
		{"404 that speaks of a limit", 404, "-", limited, Ambiguous, limit.FirstPause},
		{"503 with seconds", 503, "3", "", Ambiguous, 3 * time.Second},
		{"503 with an hour", 503, "3600", "", Ambiguous, maxThrottle},
		{"503 without", 503, "-", "", Ambiguous, 0},
		{"503 with garbage", 503, "soon", "", Ambiguous, 0},
		{"400 with seconds", 400, "3", `{"error":{"message":"bad_request"}}`, Rejected, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, limiter := answering(t, func(w http.ResponseWriter, _ *http.Request) {
					if test.value != "-" {
						w.Header().Set("Retry-After", test.value)
					}
					w.WriteHeader(test.status)
					_, _ = w.Write([]byte(test.body))
				})
				if a := create(t, client); a.Verdict != test.verdict {
					t.Errorf("verdict %d, want %d", a.Verdict, test.verdict)
				}
				start := time.Now()
				slot, _ := limiter.Take(t.Context())
				_ = slot.Wait(t.Context())
				if rest := time.Since(start); rest < test.want || rest > test.want+2*limiter.Spacing() {
					t.Errorf("the next call left after %s, want %s", rest, test.want)
				}
			})
		})
	}
}

// Waiting for the settle window uses the monotonic clock: the clock may be set during a run.
func TestMonotonic(t *testing.T) {
	client, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"items": []}`)) })
	answer := create(t, client)
	listing, err := client.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]time.Time{"an attempt's end": answer.Ended, "a list's beginning": listing.Began} {
		if at == at.Round(0) { // Round(0) removes the monotonic reading
			t.Errorf("%s has no monotonic reading", name)
		}
	}
}
