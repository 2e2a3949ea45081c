package template

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// The range of ring_seconds, so that the spreadsheet program refuses other values. A test compares it with the rule.
const (
	minRing = 10
	maxRing = 45
)

// restrict makes a column refuse invalid values: a drop-down if values can be listed, a range for numbers.
func (t *template) restrict(f *office.Field, column int) {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(t.cell(column, 2) + ":" + t.cell(column, templateRows+1))
	switch {
	case choices(f) != nil:
		dv.SetSqrefDropList(t.list(choices(f)))
	case f.Name == "ring_seconds":
		t.do(dv.SetRange(minRing, maxRing, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	default:
		return
	}
	if f.Kind != office.Country { // the name of a country is valid too
		dv.SetError(excelize.DataValidationErrorStyleStop, "Not a valid value", "Valid: "+validValues(f))
	}
	t.do(t.file.AddDataValidation(officesSheet, dv))
}

// choices are what a drop-down offers; nil for a field without one.
func choices(f *office.Field) []string {
	switch f.Kind {
	case office.Enum:
		return f.Values
	case office.Country: // an address may be in any country, but rarely is in another
		return office.Countries
	case office.Bool:
		return []string{"yes", "no"}
	}
	return nil
}

// validValues are the valid values as a person reads them; empty if the kind says enough.
func validValues(f *office.Field) string {
	switch {
	case f.Kind == office.Country && f.Values == nil:
		return "the code or the name of any country"
	case f.Kind == office.Country:
		return "code or name of " + strings.Join(f.Values, ", ")
	case f.Name == "ring_seconds":
		return fmt.Sprintf("%d to %d", minRing, maxRing)
	}
	return strings.Join(choices(f), ", ")
}

// list writes a list into the next free column of Lists, once, and returns its range. A list in the validation itself
// is limited to 255 characters.
func (t *template) list(values []string) string {
	key := strings.Join(values, ",")
	if where, ok := t.lists[key]; ok {
		return where
	}
	if t.lists == nil {
		t.lists = map[string]string{}
	}
	column := len(t.lists) + 1
	t.do(t.file.SetSheetCol(listsSheet, t.cell(column, 1), &values))
	name := t.columnName(column)
	t.lists[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", listsSheet, name, name, len(values))
	return t.lists[key]
}
