package report

import (
	"fmt"
	"time"

	"officeimporter/internal/office"
)

// Summary says what became of a file, in counts. What the rows don't tell is
// the caller's to fill in; empty fields are not shown. Not for concurrent use.
type Summary struct {
	Verb    string    // what was done: check, run, rehearse, report
	Made    time.Time // when
	File    string
	SHA256  string // of the file's bytes, in hex
	Sheet   string // empty: the file has no sheets
	Unit    string // "row" or "line": how the file counts; empty: row
	ReadAs  string // how a text file was read, such as "UTF-8, separated by comma"; empty: a workbook
	Server  string // empty: nothing was looked up or sent
	Company string
	Rate    int      // calls a minute
	Columns []Column // of the sheet, in its order
	Plan    string   // the plan's id
	Journal string   // its path
	Reports []string // their paths
	Fix     string   // path of the file with the rows that need a person
	Read    int      // rows that the file has: Add must be called for each
	New     int      // offices that this run created, of all that are
	Left    Left     // rows that are not in the file any more
	Stopped string   // why the run stopped before its end
	Notes   []string // what else a person should know
	Next    []string // what to type next, in order
	Approve string   // of a check: the command that sends exactly this plan; empty: nothing is ready

	// Companies are those of a file whose rows say whose they are, by
	// ByCompany; nil: all rows are one company's.
	Companies []*CompanySummary
	byCompany map[string]*CompanySummary

	Counts   [1 << 8]int // by outcome
	Added    int
	Problems Groups
	Warnings Groups
}

// Column is a column of the sheet and what became of it.
type Column struct {
	Letter  string   `json:"letter"`           // as spreadsheet programs call it: A, B, ..., AA
	Heading string   `json:"heading"`          // as it stands; "col M" where there is none
	Use     string   `json:"use,omitempty"`    // field or part of one, as a mapping file spells it; empty: not used
	Fields  []string `json:"fields,omitempty"` // that it helps to fill, dotted
}

// Left are rows that are offices, or may be, and have left the file. They stand
// in no report: their offices stay.
type Left struct {
	Count int   `json:"count"`
	First []Row `json:"first,omitempty"` // the first few, with the numbers that they had
}

// MiscountError says that rows were lost, or told twice, on the way to the
// report: a fault of the program, and a reason to trust none of its counts.
type MiscountError struct {
	Read  int // rows of the file
	Added int // rows of the report
}

// Error gives both numbers.
func (e *MiscountError) Error() string {
	return fmt.Sprintf("the counts don't add up: %d rows were read, %d are in the report; please report this fault, and trust the journal alone", e.Read, e.Added)
}

// Add takes in a row. It holds on to nothing of it but texts of problems.
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

// Warn takes in a doubt about the file as a whole.
func (s *Summary) Warn(p office.Problem) { s.Warnings.add(p.Row, &p) }

// Count is how many rows have an outcome.
func (s *Summary) Count(o office.Outcome) int { return s.Counts[o] }

// NeedsPerson is how many rows wait for somebody.
func (s *Summary) NeedsPerson() int {
	n := 0
	for _, o := range office.Outcomes() {
		if o.NeedsPerson() {
			n += s.Counts[o]
		}
	}
	return n
}

// Check returns a *MiscountError unless each row that was read has exactly one
// known outcome.
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
