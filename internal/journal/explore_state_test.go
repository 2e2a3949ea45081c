package journal

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/office"
)

// state is what outlives a process, between two runs.
type state struct {
	file     int // the current version of the file
	server   *server
	disk     []byte          // the journal's bytes
	left     budget          // of faults and crashes
	reported map[string]bool // offices that a run reported as surplus
	before   *state
	how      string // what did not go well since the state before
	name     string // equal for states that behave the same
}

// history says how a state came about, run by run.
func (s *state) history() string {
	if s.before == nil {
		return ""
	}
	how := s.how
	if how == "" {
		how = "all goes well"
	}
	return s.before.history() + "\n    " + how
}

// identify gives the state its name. It leaves out past times, numbers of runs and other things
// that no decision depends on.
func (s *state) identify(t testing.TB) *Journal {
	j, _ := openMemory(t, s.disk)
	var b strings.Builder
	fmt.Fprintf(&b, "file %d, hid %q, told %v, torn %v", s.file, s.server.hidden, s.reported, j.end != int64(len(s.disk)))
	for _, o := range s.server.offices {
		owner, _ := j.Owner(o.id)
		fmt.Fprintf(&b, "\n%s %q of %q in %s, owner %q", o.id, o.name, o.who, o.pending, owner)
	}
	for r, err := range j.Records() {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n" + recordName(j, &r, s.server))
	}
	s.name = b.String()
	return j
}

func recordName(j *Journal, r *office.Record, s *server) string {
	var before []string
	for _, o := range s.offices {
		if j.InBaseline(r.Run, o.id) {
			before = append(before, o.id)
		}
	}
	return fmt.Sprintf("%s %x %q %s %s %v %d attempts, answered %v claimed %v doubted %v settled %v, before %v",
		r.Key, r.Digest[:2], r.Name, r.Outcome, r.OfficeID, r.Candidates, r.Attempts, r.Answered, r.Claimed, r.Doubted, !r.SettledAt.IsZero(), before)
}

// start returns a run that starts from this state.
func (s *state) start(c *scenario, p *schedule, file int) *modelRun {
	l := &modelRun{scenario: c, file: c.files[file], schedule: p, server: s.server.copy(), crashed: make(chan struct{})}
	l.server.thaw(time.Now())
	before := s.disk
	if c.compact {
		before = compactedBytes(s.disk)
	}
	l.disk = &disk{run: l, data: before, durable: before}
	return l
}

// after returns the state that a run leaves behind. The next run follows at once if this one ended
// early.
func (s *state) after(t testing.TB, l *modelRun, e *runEnd, file int) (*state, *Journal) {
	if e.err == nil {
		time.Sleep(2 * (settleWindow + callTimeout))
	}
	n := &state{file: file, server: l.server, disk: l.disk.durable, left: l.schedule.left, reported: maps.Clone(s.reported), before: s, how: l.schedule.String()}
	for _, surplus := range e.surplus {
		n.report(surplus.IDs)
	}
	n.server.freeze(time.Now())
	return n, n.identify(t)
}

func (s *state) report(ids []string) {
	if s.reported == nil {
		s.reported = map[string]bool{}
	}
	for _, id := range ids {
		s.reported[id] = true
	}
}

// copy returns a copy of the server, for one of the runs that may follow.
func (s *server) copy() *server {
	c := &server{made: s.made, hidden: s.hidden}
	for _, b := range s.offices {
		b := *b
		c.offices = append(c.offices, &b)
	}
	return c
}

// freeze turns instants into the time left until then; thaw turns it back.
func (s *server) freeze(now time.Time) {
	for _, b := range s.offices {
		b.pending = max(0, b.listed.Sub(now))
	}
}

func (s *server) thaw(now time.Time) {
	for _, b := range s.offices {
		b.listed = now.Add(b.pending)
	}
}
