package journal

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

const (
	settleWindow = 45 * time.Second
	callTimeout  = time.Minute
)

// serverOffice is an office that the server has.
type serverOffice struct {
	id, name string
	made     string        // its name when it was created
	who      string        // the row it was created for; empty: another client's; old: from before
	state    string        // as in the list
	listed   time.Time     // when the list shows it
	late     bool          // the call that created it is under way, and it will be listed late
	tooLate  bool          // it is listed only after the window
	pending  time.Duration // time until it is listed, kept between two runs, which have their own clocks
}

// server is a model of the offices API: which offices exist, and when the list shows them. It
// outlives the processes that call it. It is safe for concurrent use.
type server struct {
	mu      sync.Mutex
	offices []*serverOffice // in the order in which they were created
	made    int
	hidden  string // the office that the last complete list lacked
}

const old = "old"

// effectOnServer says whether a call creates an office, and when the list shows it.
type effectOnServer int

const (
	notMade effectOnServer = iota
	made
	madeLate    // listed at the last moment of the settle window
	madeTooLate // listed after it, which breaks the assumption
)

// create does what a call does at the server.
func (s *server) create(name, who string, m effectOnServer) *serverOffice {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m == notMade {
		return nil
	}
	s.made++
	// The server spells names differently from what was sent.
	b := &serverOffice{id: fmt.Sprint(100 + s.made), name: " " + strings.ToUpper(name), made: name, who: who, state: "active", listed: time.Now(), late: m >= madeLate, tooLate: m == madeTooLate}
	s.offices = append(s.offices, b)
	return b
}

// callEnded says that the call that created an office has ended.
func (s *server) callEnded(b *serverOffice, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b == nil || !b.late {
		return
	}
	window := settleWindow
	if !answered {
		window += callTimeout // it may have been under way for this long
	}
	b.listed = time.Now().Add(window - time.Millisecond)
	if b.tooLate {
		b.listed = time.Now().Add(window + settleWindow/2)
	}
	b.late = false
}

// list returns what the list shows now, without one office.
func (s *server) list(hide string) *api.Listing {
	l := &api.Listing{Began: time.Now()}
	for _, b := range s.visible() {
		if b.id != hide {
			l.Offices = append(l.Offices, api.Listed{ID: b.id, Name: b.name, Country: "us", State: b.state})
		}
	}
	return l
}

func (s *server) visible() (offices []*serverOffice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.offices {
		if !b.late && !b.listed.After(time.Now()) {
			offices = append(offices, b)
		}
	}
	return offices
}

// newest returns the office that was listed last; nil if there are only old ones.
func (s *server) newest() (newest *serverOffice) {
	for _, b := range s.visible() {
		if b.who != old {
			newest = b
		}
	}
	return newest
}

// rename does what an administrator does.
func (s *server) rename(b *serverOffice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.name = "Renamed " + b.id
}

// foreign returns the offices that another client created with a name.
func (s *server) foreign(name office.Name) (ids []string) {
	for _, b := range s.offices {
		if b.who == "" && office.NameOf(b.made, "US") == name {
			ids = append(ids, b.id)
		}
	}
	return ids
}

func (s *server) byID(id string) *serverOffice {
	for _, b := range s.offices {
		if b.id == id {
			return b
		}
	}
	return nil
}

// of returns the ids of the offices created for a row, except those that appeared after the window,
// against the assumption.
func (s *server) of(who string) (ids []string) {
	for _, b := range s.offices {
		if b.who == who && !b.tooLate {
			ids = append(ids, b.id)
		}
	}
	return ids
}
