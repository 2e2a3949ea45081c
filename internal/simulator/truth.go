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
	Calls      map[Answer]int // how often a method was answered so
	Faults     map[Fault]int  // how often each befell a call
	WrongKeys  int            // calls without the right key
	KeysInURL  int            // of these: with a key in the URL, where logs would keep it
	Redirected int            // calls to where a redirect led: nobody should follow one
	Arrivals   []Arrival      // of all calls, in order
}

// Arrival is when a call came.
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
	Body    []byte // as it was sent; not to be changed
	At      time.Time
	Call    int   // the how-manieth of all calls, from 1
	Fault   Fault // what went wrong with it nevertheless
}

// Rejection is a body that broke rules.
type Rejection struct {
	Body    []byte // not to be changed
	Reasons []string
	Call    int
}

// Answer is a method and the status that its caller saw, or would have seen had
// it waited; 0: none.
type Answer struct {
	Method string
	Status int
}

// clone shares the bodies alone, which don't change.
func (t *Truth) clone() *Truth {
	c := *t
	c.Created, c.Rejected, c.Arrivals = slices.Clone(t.Created), slices.Clone(t.Rejected), slices.Clone(t.Arrivals)
	c.Calls, c.Faults = maps.Clone(t.Calls), maps.Clone(t.Faults)
	return &c
}

// Times is how many offices were created with a name and a country, as sent.
func (t *Truth) Times(name, country string) int {
	n := 0
	for _, c := range t.Created {
		if c.Name == name && c.Country == country {
			n++
		}
	}
	return n
}

// Answered is how many calls were answered with a status; 0: not at all.
func (t *Truth) Answered(status int) int {
	n := 0
	for a, times := range t.Calls {
		if a.Status == status {
			n += times
		}
	}
	return n
}

// Busiest is how many calls of one company arrived in the fullest stretch of
// time so long. Two calls that are as far apart as it is long are not in one
// stretch.
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

// Companies is how often each DP-Company-ID came; empty: none.
func (t *Truth) Companies() map[string]int {
	calls := map[string]int{}
	for _, a := range t.Arrivals {
		calls[a.Company]++
	}
	return calls
}

// Verdict is Truth in short.
type Verdict struct {
	Once          int        // bodies from which one office was created
	More          []Creation // of bodies from which more were created: each office after the first
	Rejected      int        // calls whose body broke rules
	Calls         int
	TooMany       int // calls that were answered with 429
	BusiestSecond int // calls of one company
	BusiestMinute int // calls of one company
}

// Verdict judges by exact bodies: two offices of one name and country can be
// meant, two of a company from one body are taken for a duplicate.
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
