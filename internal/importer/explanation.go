package importer

import (
	"encoding/json"
	"slices"
	"time"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// Explanation is everything known about a row, as explain --json prints it.
type Explanation struct {
	File     string           `json:"file"`
	Sheet    string           `json:"sheet,omitempty"` // of a workbook
	Unit     string           `json:"unit"`            // row or line
	Row      int              `json:"row"`
	Status   office.Outcome   `json:"status"` // as in a report
	Key      office.Key       `json:"key"`
	Company  string           `json:"company_id,omitempty"` // DP-Company-ID
	Cells    []ExplainedCell  `json:"cells"`                // one for each column
	Given    []office.Reading `json:"given"`                // values from no single column: defaults, fallbacks, joined columns
	Problems []office.Problem `json:"problems"`             // empty, not nil
	Warnings []office.Problem `json:"warnings"`
	Request  json.RawMessage  `json:"request"`                // the exact body; for a row with problems, what could be read
	Journal  string           `json:"journal,omitempty"`      // where it is, or should be; empty: none was given
	History  []Event          `json:"history"`                // oldest first
	Since    time.Time        `json:"history_since,omitzero"` // when the journal was compacted, which keeps only a row's last record; zero: never

	About     string `json:"-"` // what Request is, in words
	Journaled bool   `json:"-"` // the journal exists
}

// ExplainedCell is a cell, and how it was read.
type ExplainedCell struct {
	Column string           `json:"column"` // the heading, or "col M"
	Letter string           `json:"letter"`
	Kind   string           `json:"kind,omitempty"`   // of the stored value; empty: blank
	Cell   string           `json:"cell,omitempty"`   // as it is stored
	Shown  string           `json:"shown,omitempty"`  // if a spreadsheet program shows it differently
	Use    string           `json:"use,omitempty"`    // the field or part of one, as in a mapping file, or "key"; empty: not used
	Fields []string         `json:"fields,omitempty"` // that it fills, perhaps with other cells
	Read   []office.Reading `json:"read,omitempty"`   // empty if it could not be read, or only together with others
}

// Explain returns everything known about a row. It judges all rows, as for a report, because another row may have the
// same key. If there is no such row, the error is an *Error of KindNoSuchRow.
func (f *File) Explain(row int, o Options) (*Explanation, error) {
	o.complete()
	all, err := f.companyRuns(o.Server, o.Journal)
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.close() }() // they were only read
	if err := all.read(o.Log); err != nil && o.Server.URL != nil {
		return nil, journalError(err)
	} else if err != nil {
		return nil, err
	}
	judges, err := f.judgesFor(all, f.judging(false), false)
	if err != nil {
		return nil, err
	}
	found := rowSearch{row: row}
	if _, err := f.pass(judges.judge, found.take); err != nil {
		return nil, err
	}
	if found.result == nil {
		return nil, found.missing(f)
	}
	return f.explain(all, found.result)
}

func (f *File) explain(all companyRuns, r *office.Result) (e *Explanation, err error) {
	e = f.explanation(r)
	if e.Cells, err = f.cellsOf(r); err != nil {
		return nil, err
	}
	c := all.of(r.Request.Company)
	if c == nil {
		return e, nil // its company is not known
	}
	e.Journal, e.Journaled = ShownJournal(c.path), c.journal.Path() != ""
	if r.Request.Duplicate() {
		return e, nil // the journal's record of this key is about the other row
	}
	return e, e.addHistory(c.journal, r.Request.Key)
}

func (f *File) explanation(r *office.Result) *Explanation {
	e := &Explanation{File: f.path, Sheet: f.sheet.Name, Unit: f.sheet.Unit, Row: r.Request.Row, Status: r.Outcome, Key: r.Request.Key, Company: r.Request.Company,
		Given: []office.Reading{}, Problems: append([]office.Problem{}, r.Request.Problems...), Warnings: append([]office.Problem{}, r.Request.Warnings...),
		Request: r.Request.Body, History: []Event{}, About: report.DescribeBody(r)}
	if e.Request == nil {
		e.Request, _ = office.Body(&r.Request.Office) // an office of plain values always is JSON
	}
	for _, reading := range r.Request.Readings {
		if !slices.ContainsFunc(f.plan.Columns(), func(c mapping.Column) bool { return isOf(c, reading) }) {
			e.Given = append(e.Given, reading)
		}
	}
	return e
}
