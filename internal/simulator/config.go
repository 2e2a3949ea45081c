package simulator

import (
	"log/slog"
	"time"
)

// Config says how a Server behaves. The zero Config is a server without
// limits, latency and faults that takes any key.
type Config struct {
	Key       string   // the one bearer key that is right; empty: any
	Companies []string // the DP-Company-IDs of which every call must carry one; nil: any will do, and none

	Limits  Limits
	Latency Latency
	Faults  Faults
	Seed    uint64 // two servers with one seed treat the same calls alike

	// Decide chooses the fault of a call in place of Faults; nil: Faults is
	// drawn from. The server calls it one call at a time and under its lock:
	// it must not use the server.
	Decide func(Call) Fault

	Offices  []Office // offices before the first call; a company without a primary one among them has one put first
	PageSize int      // offices in a page of the list; 0: 100

	// Store changes a new office before it is kept and answered, as a server
	// does that normalises; nil: it is kept as it was sent. Its id is not set yet.
	Store func(*Office)

	Log *slog.Logger // a line for every call; nil: none
}

// Call is a call whose fault is to be chosen. Calls that are turned away, for
// their key or by a limit, are not counted and have no fault.
type Call struct {
	Method  string
	Path    string
	Company string // DP-Company-ID; empty: none
	Number  int    // the how-manieth call of its method, from 1
	Attempt int    // the how-manieth call with this method, URL, company and body, from 1
	Name    string // of a POST: as the body has it; empty if it has none
	Country string // of a POST: as the body has it
}

// LimitKind is how a server counts calls against a limit.
type LimitKind int

// The usual three. No page says which one Dialpad has.
const (
	Sliding     LimitKind = iota // no stretch of time as long as the window holds more calls than the limit
	Fixed                        // windows follow each other; each starts again at zero
	TokenBucket                  // a full bucket at first, refilled evenly over the window
)

// RetryAfter is how a 429 says how long to wait.
type RetryAfter int

// What a client has to cope with, as no page says which one comes.
const (
	InSeconds RetryAfter = iota // Retry-After: 3
	AsDate                      // Retry-After: Wed, 21 Oct 2026 07:28:00 GMT
	Unsaid                      // no Retry-After
)

// Limits are how many calls each company has, POSTs and GETs together. A call
// that is answered with 429 counts against none of them.
type Limits struct {
	Kind       LimitKind
	PerSecond  int           // 0: no limit
	PerWindow  int           // 0: no limit
	Window     time.Duration // what PerWindow speaks of; 0: a minute
	RetryAfter RetryAfter
}

// DocumentedLimits are those of Dialpad: 20 calls a second and 1200 a minute.
func DocumentedLimits() Limits { return Limits{PerSecond: 20, PerWindow: 1200} }

// Latency is how long a call takes. What passes before it arrives stands for
// the way to the server: calls arrive at other times and in another order than
// they were sent. A client that goes away meanwhile doesn't stop the call.
type Latency struct {
	Before time.Duration // before the call arrives, at least
	After  time.Duration // before its answer leaves, at least
	Jitter time.Duration // up to so much more, each time, evenly spread
}

// Faults is what goes wrong, by chance.
type Faults struct {
	Post Mix  // of calls that create an office
	Get  Mix  // of all others
	Late Late // of offices that were created, whatever else befell the call
}

// Mix is how probable each fault is, from 0 to 1. What their sum leaves to 1 is
// the probability of no fault.
type Mix map[Fault]float64

// Late is a list that knows of an office only some time after its creation.
type Late struct {
	Share float64       // of the created offices, from 0 to 1; LateListing is for certain
	By    time.Duration // how much later
}
