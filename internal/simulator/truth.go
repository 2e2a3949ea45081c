package simulator

import (
	"crypto/sha256"
	"maps"
	"slices"
	"time"
)

// Truth is what really happened at a server up to a moment.
type Truth struct {
	Created    []Creation     // in order
	Rejected   []Rejection    // in order
	Calls      map[Answer]int // how often a method got this status
	Faults     map[Fault]int  // how often each happened
	WrongKeys  int            // calls without the right key
	KeysInURL  int            // those of WrongKeys with a key in the URL, which logs would record
	Redirected int            // calls to the target of a redirect, which nobody should follow
	Arrivals   []Arrival      // all calls, in order
}

// Arrival is when a call arrived.
type Arrival struct {
	At      time.Duration // since the server's start
	Company string        // DP-Company-ID; empty: none
}

// Creation is an office that a POST created.
type Creation struct {
	ID      string
	Company string // DP-Company-ID of the call; empty: none
	Name    string // as it was sent
	Country string // as it was sent
	Body    []byte // as it was sent; must not be modified
	At      time.Time
	Call    int   // the number of the call, from 1
	Fault   Fault // what went wrong with the call
}

// Rejection is a body that broke the rules.
type Rejection struct {
	Body    []byte // must not be modified
	Reasons []string
	Call    int
}

// Answer is a method and the status that the caller saw, or would have seen if it had waited; 0: none.
type Answer struct {
	Method string
	Status int
}

// clone copies everything except bodies, which never change.
func (t *Truth) clone() *Truth {
	c := *t
	c.Created, c.Rejected, c.Arrivals = slices.Clone(t.Created), slices.Clone(t.Rejected), slices.Clone(t.Arrivals)
	c.Calls, c.Faults = maps.Clone(t.Calls), maps.Clone(t.Faults)
	return &c
}

// Times returns how many offices were created with a name and country, as sent.
func (t *Truth) Times(name, country string) int {
	n := 0
	for _, c := range t.Created {
		if c.Name == name && c.Country == country {
			n++
		}
	}
	return n
}

// Answered returns how many calls were answered with a status; 0: how many had no answer.
func (t *Truth) Answered(status int) int {
	n := 0
	for a, times := range t.Calls {
		if a.Status == status {
			n += times
		}
	}
	return n
}

// Busiest returns the largest number of calls of one company that arrived within a period. Two calls exactly one
// period apart aren't within it.
func (t *Truth) Busiest(long time.Duration) int {
	most, stretch := 0, map[string][]time.Duration{}
	for _, a := range t.Arrivals {
		recent := append(stretch[a.Company], a.At)
		for a.At-recent[0] >= long {
			recent = recent[1:]
		}
		stretch[a.Company] = recent
		most = max(most, len(recent))
	}
	return most
}

// Companies returns the number of calls by DP-Company-ID, which may be empty.
func (t *Truth) Companies() map[string]int {
	calls := map[string]int{}
	for _, a := range t.Arrivals {
		calls[a.Company]++
	}
	return calls
}

// Verdict is a summary of Truth.
type Verdict struct {
	Once          int        // bodies from which exactly one office was created
	More          []Creation // each further office that was created from the same body
	Rejected      int        // calls whose body broke rules
	Calls         int
	TooMany       int // calls that were answered with 429
	BusiestSecond int // most calls of one company in a second
	BusiestMinute int // most calls of one company in a minute
}

// Verdict compares exact bodies: two offices with one name and country may be intended, but two from the same body of
// the same company count as a duplicate.
func (t *Truth) Verdict() Verdict {
	v := Verdict{
		Rejected: len(t.Rejected), Calls: len(t.Arrivals), TooMany: t.Answered(429),
		BusiestSecond: t.Busiest(time.Second), BusiestMinute: t.Busiest(time.Minute),
	}
	times := map[[sha256.Size]byte]int{}
	for _, c := range t.Created {
		body := sha256.Sum256(append([]byte(c.Company+"\x00"), c.Body...))
		if times[body]++; times[body] > 1 {
			v.More = append(v.More, c)
		}
	}
	for _, n := range times {
		if n == 1 {
			v.Once++
		}
	}
	return v
}
