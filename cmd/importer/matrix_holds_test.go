package main

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"

	"officeimporter/internal/office"
)

// holds checks that the simulator's records, the journal and the report agree about
// an office, and that they are right.
func (s *stage) holds(e ending, name string, outcome office.Outcome, attempts, offices int) {
	s.t.Helper()
	r := e.records[name]
	if r.Outcome != outcome || r.Attempts != attempts {
		s.t.Errorf("%s: the journal has it as %s after %d attempts (%s), want %s after %d", name, r.Outcome, r.Attempts, r.Words, outcome, attempts)
	}
	id := s.once(e, name, offices)
	if outcome != office.Created {
		id = ""
	}
	if r.OfficeID != id {
		s.t.Errorf("%s: the journal has it as office %q, want %q", name, r.OfficeID, id)
	}
	if e.rows == nil {
		return // it was killed, so there is no report
	}
	want := fullRow{outcome.String(), id, name, strconv.Itoa(attempts)}
	if !slices.Contains(e.rows, want) {
		s.t.Errorf("the report says %v, want %v among them", e.rows, want)
	}
}

// wantWhole checks what holds for every run: the report has each row of the file once
// and in order, the counts add up, and no call went where it should not.
func (s *stage) wantWhole(e ending) {
	s.t.Helper()
	counts := map[string]int{}
	for i, row := range e.rows {
		if counts[row.status]++; i > 0 && row.name <= e.rows[i-1].name {
			s.t.Errorf("the report has %s behind %s", row.name, e.rows[i-1].name)
		}
	}
	sum := 0
	for status, n := range e.summary.Counts {
		if sum += n; n != counts[status] {
			s.t.Errorf("the summary counts %d rows as %s, the report has %d", n, status, counts[status])
		}
	}
	if len(e.rows) != len(e.bodies) || e.summary.Read != len(e.bodies) || sum != len(e.bodies) || e.summary.Fault != "" {
		s.t.Errorf("%d rows: the report has %d, the summary read %d and counts %d (%s)", len(e.bodies), len(e.rows), e.summary.Read, sum, e.summary.Fault)
	}
	if truth := s.server.Truth(); truth.Redirected+truth.WrongKeys+len(truth.Rejected) > 0 {
		s.t.Errorf("%d calls followed a redirect, %d were without the key, %d were rejected", truth.Redirected, truth.WrongKeys, len(truth.Rejected))
	}
}

// wantStill checks that one more run sends nothing and reports the same as the run
// before. The exit status is 1 as long as a row needs a person.
func (s *stage) wantStill(e ending) {
	s.t.Helper()
	before := s.posts()
	again := s.run(atServer)
	if n := s.posts(); n != before {
		s.t.Errorf("a run when all was done sent %d calls", n-before)
	}
	if !slices.Equal(again.rows, e.rows) {
		s.t.Errorf("a run when all was done reports %v, the one before %v", again.rows, e.rows)
	}
	want := exitDone
	if e.summary.Counts[office.Unknown.String()] > 0 {
		want = exitPerson
	}
	if e.status != want || again.status != want {
		s.t.Errorf("exit statuses %d and %d, want %d: %v, %v", e.status, again.status, want, e.err, again.err)
	}
}

func (s *stage) posts() (n int) {
	for answer, times := range s.server.Truth().Calls {
		if answer.Method == http.MethodPost {
			n += times
		}
	}
	return n
}

// once checks that there is this number of offices with a name, each with the body
// that the file says, and returns the id of the last.
func (s *stage) once(e ending, name string, offices int) (id string) {
	s.t.Helper()
	n := 0
	for _, c := range s.server.Truth().Created {
		if c.Name != name {
			continue
		}
		if n++; !bytes.Equal(c.Body, e.bodies[name]) {
			s.t.Errorf("%s was created from %s, want %s", name, c.Body, e.bodies[name])
		}
		id = c.ID
	}
	if n != offices {
		s.t.Errorf("%s was created %d times, want %d", name, n, offices)
	}
	return id
}
