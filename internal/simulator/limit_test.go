package simulator

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// admitted returns when calls are accepted, in tenths of a second, if one comes every tenth of a second.
func admitted(m meters, tenths int) []int {
	var times []int
	for i := range tenths {
		if m.admit(time.Duration(i)*time.Second/10) == 0 {
			times = append(times, i)
		}
	}
	return times
}

func TestLimitKinds(t *testing.T) {
	tests := []struct {
		name   string
		limits Limits
		want   []int
	}{
		{"none", Limits{}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24}},
		{"sliding", Limits{Kind: Sliding, PerSecond: 3}, []int{0, 1, 2, 10, 11, 12, 20, 21, 22}},
		{"fixed", Limits{Kind: Fixed, PerSecond: 3}, []int{0, 1, 2, 10, 11, 12, 20, 21, 22}},
		{"bucket", Limits{Kind: TokenBucket, PerSecond: 2}, []int{0, 1, 5, 10, 15, 20}},
		{"window", Limits{PerWindow: 2, Window: 2 * time.Second}, []int{0, 1, 20, 21}},
		{"both", Limits{PerSecond: 2, PerWindow: 3, Window: 2 * time.Second}, []int{0, 1, 10, 20, 21}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := admitted(newMeters(test.limits), 25)
			if len(got) != len(test.want) {
				t.Fatalf("let through at %v, want %v", got, test.want)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Fatalf("let through at %v, want %v", got, test.want)
				}
			}
		})
	}
}

// The kinds differ for calls late in one window and early in the next.
func TestLimitKindsAtTheTurnOfAWindow(t *testing.T) {
	for kind, want := range map[LimitKind]int{Sliding: 10, Fixed: 20, TokenBucket: 12} {
		m := newMeters(Limits{Kind: kind, PerSecond: 10})
		n := 0
		for i := range 41 { // from 0.9 s to 1.1 s
			if m.admit(900*time.Millisecond+time.Duration(i)*5*time.Millisecond) == 0 {
				n++
			}
		}
		if n != want {
			t.Errorf("kind %d let %d calls through, want %d", kind, n, want)
		}
	}
}

// A client that waits exactly as long as it is told is accepted, and not a moment earlier.
func TestWaitIsRight(t *testing.T) {
	for _, kind := range []LimitKind{Sliding, Fixed, TokenBucket} {
		m := newMeters(Limits{Kind: kind, PerSecond: 7, PerWindow: 31, Window: 3 * time.Second})
		now := time.Duration(0)
		for range 500 {
			wait := m.admit(now)
			if wait > 0 {
				if left := m.admit(now + wait - 1); left != 1 {
					t.Fatalf("kind %d: 1ns before its time a call is told to wait %v", kind, left)
				}
				if m.admit(now+wait) != 0 {
					t.Fatalf("kind %d: refused after waiting %v at %v", kind, wait, now)
				}
			}
			now += wait + 13*time.Millisecond
		}
	}
}

func TestTooManyCalls(t *testing.T) {
	wait := func(t *testing.T, how RetryAfter, header string) time.Duration {
		switch how {
		case InSeconds:
			n, err := strconv.Atoi(header)
			if err != nil {
				t.Errorf("Retry-After %q", header)
			}
			return time.Duration(n) * time.Second
		case AsDate:
			at, err := http.ParseTime(header)
			if err != nil {
				t.Errorf("Retry-After %q", header)
			}
			return time.Until(at)
		}
		if header != "" {
			t.Errorf("Retry-After %q", header)
		}
		return 10 * time.Second
	}
	for _, how := range []RetryAfter{InSeconds, AsDate, Unsaid} {
		synctest.Test(t, func(t *testing.T) {
			s, c := inPipes(t, Config{Limits: Limits{PerSecond: 3, PerWindow: 5, Window: 10 * time.Second, RetryAfter: how}})
			defer s.Close()
			ask := func(want int) answer {
				t.Helper()
				a := c.get("/api/v2/company")
				if a.status != want {
					t.Errorf("status %d after %v, want %d", a.status, s.Truth().Arrivals, want)
				}
				return a
			}
			time.Sleep(350 * time.Millisecond)
			for range 3 {
				ask(200)
			}
			ask(429)
			time.Sleep(time.Second)
			ask(200)
			ask(200)
			a := ask(429) // 9 s to go
			told := wait(t, how, a.header.Get("Retry-After"))
			if told < 9*time.Second || told > 11*time.Second {
				t.Errorf("told to wait %v", told)
			}
			time.Sleep(told)
			ask(200)
			truth := s.Truth()
			if truth.Answered(429) != 2 || truth.Busiest(time.Second) != 4 || truth.Busiest(time.Minute) != 8 {
				t.Errorf("429: %d, busiest second %d, minute %d", truth.Answered(429), truth.Busiest(time.Second), truth.Busiest(time.Minute))
			}
		})
	}
}

func TestBusiest(t *testing.T) {
	truth := Truth{}
	for _, ms := range []int{0, 400, 999, 1000, 1399, 1400, 5000} {
		truth.Arrivals = append(truth.Arrivals, Arrival{At: time.Duration(ms) * time.Millisecond})
	}
	for long, want := range map[time.Duration]int{time.Millisecond: 1, time.Second: 4, 1001 * time.Millisecond: 5, time.Minute: 7} {
		if got := truth.Busiest(long); got != want {
			t.Errorf("busiest %v has %d calls, want %d", long, got, want)
		}
	}
	if got := new(Truth).Busiest(time.Second); got != 0 {
		t.Errorf("without calls: %d", got)
	}
}
