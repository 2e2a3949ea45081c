package importer

import (
	"cmp"
	"fmt"
	"slices"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// cellKinds are the kinds of cells, in words.
var cellKinds = map[sheet.CellKind]string{sheet.Text: "text", sheet.Number: "number", sheet.Bool: "true/false",
	sheet.DateTime: "date or time", sheet.Error: "error", sheet.Formula: "formula without a value"}

// ruleAsIs is the rule of a cell whose value is sent unchanged.
const ruleAsIs = "as it stands"

// isOf reports whether a reading comes from this column alone.
func isOf(c mapping.Column, r office.Reading) bool {
	return r.Column == c.Label() && slices.Contains(c.Fields(), r.Field)
}

// cellsOf reads the cells of a row from the file again, as a request no longer has them.
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

// companyRule returns the rule by which a company id was read.
func companyRule(cell sheet.Cell, r *office.Request) string {
	if cell.Raw == r.Company {
		return ruleAsIs
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
		if isOf(c, reading) {
			e.Read = append(e.Read, reading)
		}
	}
	if c.Input == office.CompanyID && r.Company != "" {
		e.Read = []office.Reading{{Field: office.CompanyID, Column: c.Label(), Value: cell.Raw, Read: r.Company, Rule: companyRule(cell, r)}}
	}
	if field := office.FieldByName(c.Input); field != nil && e.Read == nil && field.Has(&r.Office) {
		e.Read = []office.Reading{{Field: field.Name, Column: c.Label(), Value: cell.Raw, Read: cell.Raw, Rule: ruleAsIs}}
	}
	return e
}

// rowSearch finds a row, and its neighbours in case it is missing.
type rowSearch struct {
	row           int
	before, after int // numbers of its neighbours; 0: none
	result        *office.Result
}

func (s *rowSearch) take(r office.Result) error {
	switch n := r.Request.Row; {
	case n == s.row:
		s.result = &r
	case n < s.row:
		s.before = n
	case s.after == 0:
		s.after = n
	}
	return nil
}

// missing returns the error that says why there is no such row.
func (s *rowSearch) missing(f *File) error {
	why := ""
	switch unit := f.sheet.Unit; {
	case s.row == f.sheet.HeaderRow:
		why = "holds the headings"
	case s.row < f.sheet.HeaderRow:
		why = fmt.Sprintf("stands above the headings, which are in %s %d", unit, f.sheet.HeaderRow)
	case s.before == 0:
		why = fmt.Sprintf("is blank: the first %s below the headings is %d", unit, s.after)
	case s.after == 0:
		why = fmt.Sprintf("is not there: the last one with anything in it is %d", s.before)
	case unit == "line":
		why = fmt.Sprintf("is blank, or belongs to the row that starts on line %d; the next one starts on line %d", s.before, s.after)
	default:
		why = fmt.Sprintf("is blank; next to it are %d and %d", s.before, s.after)
	}
	return &Error{Kind: KindNoSuchRow, Row: cmp.Or(s.before, s.after), Err: fmt.Errorf("%s: %s %d %s", f.path, f.sheet.Unit, s.row, why)}
}
