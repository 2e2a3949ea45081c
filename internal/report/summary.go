package report

import (
	"fmt"
	"time"

	"officeimporter/internal/office"
)

// Summary counts what happened to the rows of a file. Add fills the counts; the caller sets the other fields, and
// empty ones aren't shown. Not for concurrent use.
type Summary struct {
	Verb    string    // what was done: check, run, rehearse, report
	Made    time.Time // the time of the run
	File    string
	SHA256  string // of the file's bytes, in hex
	Sheet   string // empty: the file has no sheets
	Unit    string // "row" or "line"; empty: row
	ReadAs  string // how a text file was read, such as "UTF-8, separated by comma"; empty: a workbook
	Server  string // empty: no server was called
	Company string
	Rate    int      // calls a minute
	Columns []Column // in the order of the sheet
	Plan    string   // the plan's id
	Journal string   // its path
	Reports []string // their paths
	Fix     string   // path of the file with the rows to correct
	Read    int      // rows in the file; Add must be called for each
	New     int      // offices that this run created
	Left    Left     // rows that are no longer in the file
	Stopped string   // why the run stopped before its end
	Notes   []string // other things to know
	Next    []string // what to type next, in order
	Approve string   // after a check: the command that sends exactly this plan; empty: nothing is ready

	// Companies is set by ByCompany for a file whose rows name their company. Nil: all rows belong to one company.
	Companies []*CompanySummary
	byCompany map[string]*CompanySummary

	Counts   [1 << 8]int // by office.Outcome
	Added    int         // rows that were added
	Problems Groups
	Warnings Groups
}

// Column is a column of the sheet and how it is used.
type Column struct {
	Letter  string   `json:"letter"`           // as spreadsheet programs call it: A, B, ..., AA
	Heading string   `json:"heading"`          // as it is in the file; "col M" if there is none
	Use     string   `json:"use,omitempty"`    // the field or part of one, as mapping files spell it; empty: not used
	Fields  []string `json:"fields,omitempty"` // the fields that it fills or helps to fill
}

// Left is about rows that are or may be offices but are no longer in the file. Their offices stay, and no report has
// these rows.
type Left struct {
	Count int   `json:"count"`
	First []Row `json:"first,omitempty"` // the first few, with their former numbers
}

// MiscountError means that rows were lost or reported twice. That is a bug in this program, and none of its counts
// can be trusted.
type MiscountError struct {
	Read  int // rows in the file
	Added int // rows in the report
}

// Error gives both numbers.
func (e *MiscountError) Error() string {
	return fmt.Sprintf("the counts don't add up: %d rows were read, %d are in the report; please report this fault, and trust the journal alone", e.Read, e.Added)
}

// Add counts a row. It keeps nothing of it except the text of problems.
func (s *Summary) Add(r office.Result) {
	s.Added++
	s.Counts[r.Outcome]++
	s.addToCompany(&r)
	row := IdentityOf(&r).Row
	for _, p := range r.Request.Problems {
		s.Problems.add(row, &p)
	}
	for _, p := range said(&r) {
		s.Problems.addWords(row, &p)
	}
	for _, p := range r.Request.Warnings {
		s.Warnings.add(row, &p)
	}
}

// Warn adds a warning about the file as a whole.
func (s *Summary) Warn(p office.Problem) { s.Warnings.add(p.Row, &p) }

// Count returns how many rows have an outcome.
func (s *Summary) Count(o office.Outcome) int { return s.Counts[o] }

// NeedsPerson returns how many rows somebody has to look at.
func (s *Summary) NeedsPerson() int {
	n := 0
	for _, o := range office.Outcomes() {
		if o.NeedsPerson() {
			n += s.Counts[o]
		}
	}
	return n
}

// Check returns a *MiscountError unless each row that was read has exactly one known outcome.
func (s *Summary) Check() error {
	sum := 0
	for _, o := range office.Outcomes() {
		sum += s.Counts[o]
	}
	if sum != s.Read || s.Added != s.Read {
		return &MiscountError{Read: s.Read, Added: sum}
	}
	return nil
}
