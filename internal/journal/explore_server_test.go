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

// built is an office that the server has.
type serverOffice struct {
	id, name string
	made     string        // its name when it was made
	who      string        // the row it was made for; empty: another client's; old: there before all
	state    string        // as the list tells it
	listed   time.Time     // from then on
	late     bool          // the call that made it is under way: it will be listed late
	tooLate  bool          // it is listed only after the window
	pending  time.Duration // until it is listed; between two lives, which have clocks of their own
}

// server is a model of the offices API: what there is, and when the list shows
// it. It outlives the processes that call it. It is safe for concurrent use.
type server struct {
	mu      sync.Mutex
	offices []*serverOffice // in the order in which they were made
	made    int
	hidden  string // the office that the last complete list lacked
}

const old = "old"

// making says whether a call makes an office, and when the list shows it.
type making int

const (
	notMade making = iota
	made
	madeLate    // listed at the last moment of the settle window
	madeTooLate // listed after it: that breaks the assumption
)

// create is what a call leads to at the server.
func (s *server) create(name, who string, m making) *serverOffice {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m == notMade {
		return nil
	}
	s.made++
	// Names come back in another spelling than they were sent in.
	b := &serverOffice{id: fmt.Sprint(100 + s.made), name: " " + strings.ToUpper(name), made: name, who: who, state: "active", listed: time.Now(), late: m >= madeLate, tooLate: m == madeTooLate}
	s.offices = append(s.offices, b)
	return b
}

// over says that the call that made an office has ended.
func (s *server) over(b *serverOffice, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b == nil || !b.late {
		return
	}
	window := settleWindow
	if !answered {
		window += callTimeout // it may have been under way for so long
	}
	b.listed = time.Now().Add(window - time.Millisecond)
	if b.tooLate {
		b.listed = time.Now().Add(window + settleWindow/2)
	}
	b.late = false
}

// list is what the list shows now, but for one office.
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

// newest is the office that the list shows last; nil if it has but old ones.
func (s *server) newest() (newest *serverOffice) {
	for _, b := range s.visible() {
		if b.who != old {
			newest = b
		}
	}
	return newest
}

// rename is what an administrator does.
func (s *server) rename(b *serverOffice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.name = "Renamed " + b.id
}

// foreign are the offices that another client made with a name.
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

// of are the ids of the offices that were made for a row, but for those that
// came after the window, against what is assumed.
func (s *server) of(who string) (ids []string) {
	for _, b := range s.offices {
		if b.who == who && !b.tooLate {
			ids = append(ids, b.id)
		}
	}
	return ids
}
