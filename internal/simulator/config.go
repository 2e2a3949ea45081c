package simulator

import (
	"log/slog"
	"time"
)

// Config says how a Server behaves. The zero Config is a server that accepts any key and has no limits, latency or
// faults.
type Config struct {
	Key       string   // the only valid API key; empty: any key
	Companies []string // the accepted DP-Company-IDs; nil: any, or none at all

	Limits  Limits
	Latency Latency
	Faults  Faults
	Seed    uint64 // servers with the same seed treat the same calls alike

	// Decide chooses the fault of a call; nil: Faults does. Calls to Decide don't overlap, and hold the server's
	// lock, so Decide must not use the server.
	Decide func(Call) Fault

	Offices  []Office // offices before the first call; a company without a primary office gets one
	PageSize int      // offices in a page of the list; 0: 100

	// Store may change a new office before it is saved and returned, like a server that normalises values; nil: it is
	// saved as it was sent. The id isn't set yet.
	Store func(*Office)

	Log *slog.Logger // gets a line for every call; nil: no log
}

// Call is a call whose fault is to be chosen. Calls that are rejected for their key or by a limit aren't counted and
// have no fault.
type Call struct {
	Method  string
	Path    string
	Company string // DP-Company-ID; empty: none
	Number  int    // counts the calls with this method, from 1
	Attempt int    // counts the calls with this method, URL, company and body, from 1
	Name    string // the name in the body of a POST; may be empty
	Country string // the country in the body of a POST; may be empty
}

// LimitKind is how a server counts calls against a limit.
type LimitKind int

// The usual kinds. Dialpad doesn't document which one it has.
const (
	Sliding     LimitKind = iota // no period as long as the window has more calls than the limit
	Fixed                        // one window follows another, and each starts at zero
	TokenBucket                  // the bucket is full at first and is refilled evenly over the window
)

// RetryAfter is how a 429 says how long to wait.
type RetryAfter int

// The forms that a client has to handle, as Dialpad doesn't document which one it uses.
const (
	InSeconds RetryAfter = iota // Retry-After: 3
	AsDate                      // Retry-After: Wed, 21 Oct 2026 07:28:00 GMT
	Unsaid                      // no Retry-After
)

// Limits are the limits of each company, for POSTs and GETs together. A call that is answered with 429 doesn't count.
type Limits struct {
	Kind       LimitKind
	PerSecond  int           // 0: no limit
	PerWindow  int           // 0: no limit
	Window     time.Duration // the window of PerWindow; 0: a minute
	RetryAfter RetryAfter
}

// DocumentedLimits returns the limits of Dialpad: 20 calls a second and 1200 a minute.
func DocumentedLimits() Limits { return Limits{PerSecond: 20, PerWindow: 1200} }

// Latency is how long a call takes. Because of the time before it arrives, calls don't arrive at the times and in the
// order in which they were sent. If the client goes away meanwhile, the call still arrives.
type Latency struct {
	Before time.Duration // at least, before the call arrives
	After  time.Duration // at least, before the answer is sent
	Jitter time.Duration // the most that is added to each, at random
}

// Faults are the random failures.
type Faults struct {
	Post Mix  // for POSTs
	Get  Mix  // for all other calls
	Late Late // for created offices, whatever else went wrong
}

// Mix is the probability of each fault, from 0 to 1. The rest up to 1 is the probability of no fault.
type Mix map[Fault]float64

// Late makes the list show some offices only some time after their creation.
type Late struct {
	Share float64       // of the created offices, from 0 to 1; those with LateListing are always late
	By    time.Duration // how much later the list shows them
}

// Realistic returns a configuration for rehearsals: Dialpad's limits, answers after a quarter of a second, and a
// failure in about one of six POSTs. The caller may change it.
//
// It leaves out what rightly stops a run or leaves a row to a person: redirects, and successes that are claimed for
// offices that don't exist. One POST in 170 hangs for as long as the client waits, so a rehearsal should have a short
// time-out.
func Realistic(seed uint64) Config {
	return Config{
		Seed:    seed,
		Limits:  DocumentedLimits(),
		Latency: Latency{Before: 60 * time.Millisecond, After: 90 * time.Millisecond, Jitter: 100 * time.Millisecond},
		Faults:  Faults{Post: realisticPost(), Get: realisticGet(), Late: Late{Share: 0.1, By: time.Second}},
	}
}

func realisticPost() Mix {
	return Mix{
		AnswerLost: 0.02, ResetBefore: 0.015, ResetAfter: 0.015, HangBefore: 0.003, HangAfter: 0.003,
		Status500Before: 0.01, Status500After: 0.01, Status502Before: 0.005, Status502After: 0.01,
		Status503Before: 0.01, Status503After: 0.005, Status504Before: 0.005, Status504After: 0.01,
		TruncatedBody: 0.01, GarbageBody: 0.01, HTMLError: 0.01,
		TooManySeconds: 0.003, TooManyDate: 0.003, TooManyUnsaid: 0.003,
		Status408Before: 0.002, Status408After: 0.002, Status409After: 0.002, Status425Before: 0.002,
	}
}

func realisticGet() Mix {
	return Mix{
		AnswerLost: 0.01, ResetBefore: 0.01, Status500Before: 0.01, Status503Before: 0.01,
		TruncatedBody: 0.01, GarbageBody: 0.005, HTMLError: 0.005, TooManySeconds: 0.005,
	}
}
