package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"

	"officeimporter/internal/journal"
	"officeimporter/internal/office"
)

// ending is the results and the files of a run.
type ending struct {
	status  int
	err     error
	summary summaryLine
	rows    []fullRow // of the report; nil if the run was killed
	records map[string]office.Record
	bodies  map[string][]byte // of the requests, by name
}

// summaryLine has the parts of the --json summary that the tests check.
type summaryLine struct {
	Read   int            `json:"read"`
	Counts map[string]int `json:"counts"`
	Fault  string         `json:"fault"`
}

// fullRow has the columns of the CSV report that the tests check.
type fullRow struct{ status, officeID, name, attempts string }

// read reads the summary and the report.
func (s *stage) read(e *ending, summary []byte) {
	s.t.Helper()
	s.check(json.Unmarshal(summary, &e.summary))
	text, err := os.ReadFile(s.report())
	s.check(err)
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(lines) == 0 {
		s.t.Fatalf("the report is %q: %v", text, err)
	}
	for _, cells := range lines[1:] {
		e.rows = append(e.rows, fullRow{status: cells[1], officeID: cells[2], name: cells[3], attempts: cells[8]})
	}
}

// records returns the record of each office in the journal on disk.
func (s *stage) records() map[string]office.Record {
	s.t.Helper()
	all := map[string]office.Record{}
	journal, err := journal.Read(s.journal)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = journal.Close() }()
	for r, err := range journal.Records() {
		s.check(err)
		all[r.Name] = r
	}
	return all
}

// wantBegun checks that the journal on disk has a row as unknown and without an
// answer before its request is sent.
func (s *stage) wantBegun(call []byte) {
	for name, r := range s.records() {
		if bytes.Contains(call, []byte(`"name":"`+name+`"`)) {
			if r.Outcome != office.Unknown || r.HTTPStatus != 0 || r.Attempts == 0 {
				s.t.Errorf("a call leaves, and the journal has its row as %s after %d attempts, HTTP %d", r.Outcome, r.Attempts, r.HTTPStatus)
			}
			return
		}
	}
	s.t.Errorf("a call leaves that the journal knows nothing of:\n%s", call)
}

// aboutToLeave reports whether the journal has the call that will fail, which is the
// first one of this run.
func (s *stage) aboutToLeave() bool {
	r := s.records()[theOffice]
	return r.Outcome == office.Unknown && r.Attempts == s.before+1
}
