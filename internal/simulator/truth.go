package simulator

import (
	"crypto/sha256"
	"maps"
	"slices"
	"time"
)

// Truth is what really happened at a server up to a moment.
type Truth struct {
	Created    []Creation      // in order
	Rejected   []Rejection     // in order
	Calls      map[Answer]int  // how often a method was answered so
	Faults     map[Fault]int   // how often each befell a call
	Companies  map[string]int  // how often each DP-Company-ID came; empty: none
	WrongKeys  int             // calls without the right key
	KeysInURL  int             // of these: with a key in the URL, where logs would keep it
	Redirected int             // calls to where a redirect led: nobody should follow one
	Arrivals   []time.Duration // of all calls, since the server's start, in order
}

// Creation is an office that a POST created.
type Creation struct {
	ID      string
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
	c.Calls, c.Faults, c.Companies = maps.Clone(t.Calls), maps.Clone(t.Faults), maps.Clone(t.Companies)
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

// Busiest is how many calls arrived in the fullest stretch of time so long.
// Two calls that are as far apart as it is long are not in one stretch.
func (t *Truth) Busiest(long time.Duration) int {
	most, first := 0, 0
	for i, at := range t.Arrivals {
		for at-t.Arrivals[first] >= long {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// Verdict is Truth in short.
type Verdict struct {
	Once          int        // bodies from which one office was created
	More          []Creation // of bodies from which more were created: each office after the first
	Rejected      int        // calls whose body broke rules
	Calls         int
	TooMany       int // calls that were answered with 429
	BusiestSecond int // calls
	BusiestMinute int // calls
}

// Verdict judges by exact bodies: two offices of one name and country can be
// meant, two from one body are taken for a duplicate.
func (t *Truth) Verdict() Verdict {
	v := Verdict{
		Rejected: len(t.Rejected), Calls: len(t.Arrivals), TooMany: t.Answered(429),
		BusiestSecond: t.Busiest(time.Second), BusiestMinute: t.Busiest(time.Minute),
	}
	times := map[[sha256.Size]byte]int{}
	for _, c := range t.Created {
		body := sha256.Sum256(c.Body)
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
