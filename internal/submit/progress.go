package submit

import (
	"fmt"
	"time"

	"officeimporter/internal/office"
)

// Progress is how far a run has come, in numbers of rows unless noted.
type Progress struct {
	Created, Exists, Refused int
	Unsettled                int       // waiting for the list of offices to settle them
	Unknown                  int       // not settled: a person decides
	Settled                  int       // a list of offices settled them
	Calls                    int       // POSTs answered or given up
	Begun                    int       // to be sent
	Limited                  bool      // Options.First was reached
	PausedUntil              time.Time // in the past if there is no pause
}

func (p *Progress) count(record office.Record) {
	switch record.Outcome {
	case office.Created:
		p.Created++
	case office.Exists:
		p.Exists++
	case office.Refused:
		p.Refused++
	}
}

// settle counts the rows that a list has settled.
func (p *Progress) settle(decided []decision) {
	for _, r := range decided {
		if r.outcome != office.Unknown {
			p.Settled++
		}
	}
}

// Progress returns how far the run has come. It is safe to call at any time.
func (s *Submitter) Progress() Progress {
	paused := s.limiter.PausedUntil()
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.counts
	p.Unsettled, p.PausedUntil = len(s.pending), paused
	return p
}

// Plus adds the progress of two runs.
func (p Progress) Plus(q Progress) Progress {
	p.Created, p.Exists, p.Refused = p.Created+q.Created, p.Exists+q.Exists, p.Refused+q.Refused
	p.Unsettled, p.Unknown, p.Settled = p.Unsettled+q.Unsettled, p.Unknown+q.Unknown, p.Settled+q.Settled
	p.Calls, p.Begun, p.Limited = p.Calls+q.Calls, p.Begun+q.Begun, p.Limited || q.Limited
	if q.PausedUntil.After(p.PausedUntil) {
		p.PausedUntil = q.PausedUntil
	}
	return p
}

// Done returns how many rows of this run are finished.
func (p Progress) Done() int { return p.Created + p.Exists + p.Refused + p.Unknown }

// String puts the progress into words: "38 created, 2 in doubt, paused for 12s".
func (p Progress) String() string {
	text := fmt.Sprintf("%d created", p.Created)
	for _, part := range []struct {
		n    int
		what string
	}{{p.Exists, "existed"}, {p.Refused, "refused"}, {p.Unsettled, "in doubt"}, {p.Unknown, "unknown"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	if pause := time.Until(p.PausedUntil); pause > time.Second {
		text += fmt.Sprintf(", paused for %s", pause.Round(time.Second))
	}
	return text
}
