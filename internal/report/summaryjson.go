package report

import (
	"encoding/json"
	"io"
)

// summaryJSON is the JSON form of a Summary. Empty members are left out, except counts (which has all outcomes),
// problems and warnings.
type summaryJSON struct {
	File     string         `json:"file"`
	SHA256   string         `json:"sha256,omitempty"`
	Sheet    string         `json:"sheet,omitempty"`
	ReadAs   string         `json:"read_as,omitempty"`
	Server   string         `json:"server,omitempty"`
	Company  string         `json:"company,omitempty"`
	Plan     string         `json:"plan,omitempty"`
	Read     int            `json:"read"`
	Counts   map[string]int `json:"counts"`          // by status
	New      int            `json:"new,omitempty"`   // offices that this run created
	Left     *Left          `json:"left,omitempty"`  // rows that are no longer in the file
	Fault    string         `json:"fault,omitempty"` // the counts don't add up
	Stopped  string         `json:"stopped,omitempty"`
	Problems []*Group       `json:"problems"` // kind, field, message, varied, count, rows (the first ten)
	Warnings []*Group       `json:"warnings"` // like problems
	Reports  []string       `json:"reports,omitempty"`
	Fix      string         `json:"fix,omitempty"` // the file with the rows to correct
	Journal  string         `json:"journal,omitempty"`
	Notes    []string       `json:"notes,omitempty"`
	Next     []string       `json:"next,omitempty"`

	Companies []companyJSON `json:"companies,omitempty"` // if rows name their company: company, read, counts, new, journal, stopped
}

// WriteJSON writes the summary as one JSON object on one line.
func (s *Summary) WriteJSON(w io.Writer) error {
	out := summaryJSON{
		File: s.File, SHA256: s.SHA256, Sheet: s.Sheet, ReadAs: s.ReadAs, Server: s.Server, Company: s.Company, Plan: s.Plan, Read: s.Read,
		Counts: countsJSON(&s.Counts), Stopped: s.Stopped, Problems: s.Problems.Sorted(), Warnings: s.Warnings.Sorted(),
		Reports: s.Reports, Fix: s.Fix, Journal: s.Journal, Notes: s.Notes, Next: s.Next, New: s.New, Companies: s.companiesJSON(),
	}
	if s.Left.Count > 0 {
		out.Left = &s.Left
	}
	if err := s.Check(); err != nil {
		out.Fault = err.Error()
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(&out)
}
