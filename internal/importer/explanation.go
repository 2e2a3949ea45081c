package importer

import (
	"encoding/json"
	"slices"
	"time"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
)

// Explanation is all that is known of a row: the answer of explain --json.
type Explanation struct {
	File     string           `json:"file"`
	Sheet    string           `json:"sheet,omitempty"` // of a workbook
	Unit     string           `json:"unit"`            // row or line
	Row      int              `json:"row"`
	Status   office.Outcome   `json:"status"` // as a report would have it
	Key      office.Key       `json:"key"`
	Company  string           `json:"company_id,omitempty"` // DP-Company-ID
	Cells    []ExplainedCell  `json:"cells"`                // a cell for each column
	Given    []office.Reading `json:"given"`                // values that no column alone gives: defaults, fallbacks, joined columns
	Problems []office.Problem `json:"problems"`             // as in a report
	Warnings []office.Problem `json:"warnings"`
	Request  json.RawMessage  `json:"request"`                // the exact body; of a row with problems what could be read
	Journal  string           `json:"journal,omitempty"`      // where it should be; empty: none was named
	History  []Event          `json:"history"`                // oldest first
	Since    time.Time        `json:"history_since,omitzero"` // when the journal was compacted: of what was before, the row's last record alone is kept; zero: never

	About     string `json:"-"` // what Request is
	Journaled bool   `json:"-"` // the journal is there
}

// ExplainedCell is a cell as it stands, and what became of it.
type ExplainedCell struct {
	Column string           `json:"column"` // the heading, or "col M"
	Letter string           `json:"letter"`
	Kind   string           `json:"kind,omitempty"`   // how it is stored; empty: blank
	Cell   string           `json:"cell,omitempty"`   // as it is stored
	Shown  string           `json:"shown,omitempty"`  // where a spreadsheet program shows it otherwise
	Use    string           `json:"use,omitempty"`    // field or part of one, as a mapping file spells it; key; empty: not used
	Fields []string         `json:"fields,omitempty"` // that it helps to fill
	Read   []office.Reading `json:"read,omitempty"`   // empty: it could not be read, or only together with others
}

// cellKinds are how cells are stored, in words.
var cellKinds = map[sheet.CellKind]string{sheet.Text: "text", sheet.Number: "number", sheet.Bool: "true/false",
	sheet.DateTime: "date or time", sheet.Error: "error", sheet.Formula: "formula without a value"}

// asItStands is the rule of a cell that is sent as it is.
const asItStands = "as it stands"

// Explain tells all that is known of a row. All rows are judged, as for a
// report: only so it is known whether another row has the same key. The error
// is an *Error of KindNoSuchRow where there is no such row.
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
	judges, err := f.judges(all, f.judging(false), false)
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
		return e, nil // nobody can tell whose row it is
	}
	e.Journal, e.Journaled = ShownJournal(c.path), c.journal.Path() != ""
	if r.Request.Duplicate() {
		return e, nil // what the journal has under its key is the other row's
	}
	return e, e.remember(c.journal, r.Request.Key)
}

func (f *File) explanation(r *office.Result) *Explanation {
	e := &Explanation{File: f.path, Sheet: f.sheet.Name, Unit: f.sheet.Unit, Row: r.Request.Row, Status: r.Outcome, Key: r.Request.Key, Company: r.Request.Company,
		Given: []office.Reading{}, Problems: append([]office.Problem{}, r.Request.Problems...), Warnings: append([]office.Problem{}, r.Request.Warnings...),
		Request: r.Request.Body, History: []Event{}, About: report.DescribeBody(r)}
	if e.Request == nil {
		e.Request, _ = office.Body(&r.Request.Office) // an office of plain values always is JSON
	}
	for _, reading := range r.Request.Readings {
		if !slices.ContainsFunc(f.plan.Columns(), func(c mapping.Column) bool { return reads(c, reading) }) {
			e.Given = append(e.Given, reading)
		}
	}
	return e
}

// reads tells whether a reading is of this column's cell alone.
func reads(c mapping.Column, r office.Reading) bool {
	return r.Column == c.Label() && slices.Contains(c.Fields(), r.Field)
}

// cellsOf finds the cells of a row again: a request no longer has them.
func (f *File) cellsOf(result *office.Result) ([]ExplainedCell, error) {
	for row, err := range f.sheet.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Number != result.Request.Row {
			continue
		}
		cells := make([]ExplainedCell, len(f.plan.Columns()))
		for i, c := range f.plan.Columns() {
			var cell sheet.Cell
			if c.Index < len(row.Cells) {
				cell = row.Cells[c.Index]
			}
			cells[i] = explainCell(c, cell, &result.Request)
		}
		return cells, nil
	}
	return []ExplainedCell{}, nil
}

// companyRule says how a company's id was read: its digits are never changed.
func companyRule(cell sheet.Cell, r *office.Request) string {
	if cell.Raw == r.Company {
		return asItStands
	}
	return "company"
}

func explainCell(c mapping.Column, cell sheet.Cell, r *office.Request) ExplainedCell {
	e := ExplainedCell{Column: c.Label(), Letter: c.Letter, Kind: cellKinds[cell.Kind], Use: c.Input, Fields: c.Fields()}
	if e.Use == "" && c.Key {
		e.Use = "key"
	}
	if cell.Kind == sheet.Blank {
		return e
	}
	e.Cell = cell.Raw
	if shown := cell.Shown(); shown != cell.Raw {
		e.Shown = shown
	}
	for _, reading := range r.Readings {
		if reads(c, reading) {
			e.Read = append(e.Read, reading)
		}
	}
	if c.Input == office.CompanyID && r.Company != "" {
		e.Read = []office.Reading{{Field: office.CompanyID, Column: c.Label(), Value: cell.Raw, Read: r.Company, Rule: companyRule(cell, r)}}
	}
	if field := office.FieldByName(c.Input); field != nil && e.Read == nil && field.Has(&r.Office) {
		e.Read = []office.Reading{{Field: field.Name, Column: c.Label(), Value: cell.Raw, Read: cell.Raw, Rule: asItStands}}
	}
	return e
}
