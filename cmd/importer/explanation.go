package main

import (
	"encoding/json"
	"slices"
	"time"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// explanation is all that is known of a row: the answer of explain --json.
type explanation struct {
	File     string           `json:"file"`
	Sheet    string           `json:"sheet,omitempty"` // of a workbook
	Unit     string           `json:"unit"`            // row or line
	Row      int              `json:"row"`
	Status   office.Outcome   `json:"status"` // as a report would have it
	Key      office.Key       `json:"key"`
	Company  string           `json:"company_id,omitempty"` // DP-Company-ID
	Cells    []explainedCell  `json:"cells"`                // a cell for each column
	Given    []office.Reading `json:"given"`                // values that no column alone gives: defaults, fallbacks, joined columns
	Problems []office.Problem `json:"problems"`             // as in a report
	Warnings []office.Problem `json:"warnings"`
	Request  json.RawMessage  `json:"request"`                // the exact body; of a row with problems what could be read
	Journal  string           `json:"journal,omitempty"`      // where it should be; empty: none was named
	History  []happened       `json:"history"`                // oldest first
	Since    time.Time        `json:"history_since,omitzero"` // when the journal was compacted: of what was before, the row's last record alone is kept; zero: never

	about string // the request
	found bool   // the journal is there
}

// explainedCell is a cell as it stands, and what became of it.
type explainedCell struct {
	Column string           `json:"column"` // the heading, or "col M"
	Letter string           `json:"letter"`
	Kind   string           `json:"kind,omitempty"`   // how it is stored; empty: blank
	Cell   string           `json:"cell,omitempty"`   // as it is stored
	Shown  string           `json:"shown,omitempty"`  // where a spreadsheet program shows it otherwise
	Use    string           `json:"use,omitempty"`    // field or part of one, as a mapping file spells it; key; empty: not used
	Fields []string         `json:"fields,omitempty"` // that it helps to fill
	Read   []office.Reading `json:"read,omitempty"`   // empty: it could not be read, or only together with others
}

var cellKinds = map[sheet.CellKind]string{sheet.Text: "text", sheet.Number: "number", sheet.Bool: "true/false",
	sheet.DateTime: "date or time", sheet.Error: "error", sheet.Formula: "formula without a value"}

// asItStands is the rule of a cell that is sent as it is.
const asItStands = "as it stands"

func newExplanation(j *job, r *office.Result) *explanation {
	e := &explanation{File: j.file, Sheet: j.sheet.Name, Unit: j.sheet.Unit, Row: r.Request.Row, Status: r.Outcome, Key: r.Request.Key, Company: r.Request.Company,
		Given: []office.Reading{}, Problems: append([]office.Problem{}, r.Request.Problems...), Warnings: append([]office.Problem{}, r.Request.Warnings...),
		Request: r.Request.Body, History: []happened{}, about: aboutRequest(r)}
	if e.Request == nil {
		e.Request, _ = office.Body(&r.Request.Office) // an office of plain values always is JSON
	}
	for _, reading := range r.Request.Readings {
		if !slices.ContainsFunc(j.plan.Columns(), func(c mapping.Column) bool { return reads(c, reading) }) {
			e.Given = append(e.Given, reading)
		}
	}
	return e
}

// aboutRequest says what the body of a row is.
func aboutRequest(r *office.Result) string {
	switch {
	case r.Request.Body == nil:
		return "as far as it could be read; it is not sent"
	case r.Outcome == office.Ready:
		return "as it would be sent"
	case r.Record.Attempts == 0:
		return "which is not sent"
	case r.Record.Digest == r.Request.Digest:
		return "as it was sent"
	}
	return "as the row is now; another one was sent"
}

// reads tells whether a reading is of this column's cell alone.
func reads(c mapping.Column, r office.Reading) bool {
	return r.Column == c.Label() && slices.Contains(c.Fields(), r.Field)
}

// cellsOf finds the cells of a row again: a request no longer has them.
func cellsOf(j *job, result *office.Result) ([]explainedCell, error) {
	for row, err := range j.sheet.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Number != result.Request.Row {
			continue
		}
		cells := make([]explainedCell, len(j.plan.Columns()))
		for i, c := range j.plan.Columns() {
			var cell sheet.Cell
			if c.Index < len(row.Cells) {
				cell = row.Cells[c.Index]
			}
			cells[i] = explainCell(c, cell, &result.Request)
		}
		return cells, nil
	}
	return []explainedCell{}, nil
}

// companyRule says how a company's id was read: its digits are never changed.
func companyRule(cell sheet.Cell, r *office.Request) string {
	if cell.Raw == r.Company {
		return asItStands
	}
	return "company"
}

func explainCell(c mapping.Column, cell sheet.Cell, r *office.Request) explainedCell {
	e := explainedCell{Column: c.Label(), Letter: c.Letter, Kind: cellKinds[cell.Kind], Use: c.Input, Fields: c.Fields()}
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
	if f := office.FieldByName(c.Input); f != nil && e.Read == nil && f.Has(&r.Office) {
		e.Read = []office.Reading{{Field: f.Name, Column: c.Label(), Value: cell.Raw, Read: cell.Raw, Rule: asItStands}}
	}
	return e
}
