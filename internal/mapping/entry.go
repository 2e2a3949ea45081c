package mapping

import (
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// entry is one cell on its way into a field.
type entry struct {
	cell   sheet.Cell
	raw    string // the cell as it stands, whatever the mapping file makes of it
	field  *office.Field
	column string // the heading; empty where the value is a default
	draft  *draft
	failed bool // the value can't be used, and why is noted
}

// A reader makes a value of a cell that isn't blank, as office.Field.Set takes
// it. Where it doesn't send the cell as it stands it names the rule by which
// it was read. Nil means that there is no value: either the entry has failed,
// or there is nothing in the cell after all.
type reader func(e *entry) (value any, rule string)

// fail notes why the cell can't be used. It returns nil, so that a reader can
// end with it.
func (e *entry) fail(kind office.ProblemKind, suggestion, format string, args ...any) (any, string) {
	e.failed = true
	e.draft.problems = append(e.draft.problems, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
	return nil, ""
}

// refuse is fail for a problem that office has found.
func (e *entry) refuse(p *office.Problem) (any, string) {
	return e.fail(p.Kind, p.Suggestion, "%s", p.Message)
}

// warn notes a doubt; the value is used.
func (e *entry) warn(kind office.ProblemKind, suggestion, format string, args ...any) {
	e.draft.warnings = append(e.draft.warnings, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
}

// repaired notes that the value was put right: a doubt, or a problem where
// repairs aren't wanted; then it is false.
func (e *entry) repaired(kind office.ProblemKind, suggestion, format string, args ...any) bool {
	if e.draft.plan.mapping.noRepairs {
		e.fail(kind, suggestion, format, args...)
		return false
	}
	e.warn(kind, suggestion, format, args...)
	return true
}

func (e *entry) problem(kind office.ProblemKind, suggestion, message string) office.Problem {
	return office.Problem{Field: e.field.Name, Column: e.column, Kind: kind, Value: e.raw, Message: message, Suggestion: suggestion}
}

// unusable notes cells that hold no value of any kind.
func (e *entry) unusable() bool {
	switch e.cell.Kind {
	case sheet.Error:
		e.fail(ErrorCell, "put the formula right, or type the value", "holds the error %s", e.cell.Raw)
	case sheet.Formula:
		e.fail(FormulaNoValue, "open the file in a spreadsheet program and save it, or type the value", "holds the formula %q without its value", e.cell.Raw)
	}
	return e.failed
}

// readers are by kind; those that depend on the field itself are made by readerOf.
var readers = map[office.Kind]reader{
	office.Text:     readLine,
	office.Email:    readLine,
	office.LongText: readLines,
	office.Region:   readRegion,
	office.Postal:   readPostalCode,
	office.Phone:    readPhone,
	office.Zone:     readZone,
	office.Bool:     readBoolean,
	office.Integer:  readInteger,
	office.ID:       readInteger,
	office.DayHours: readDay,
	office.Menu:     readMenu,
}

// readerOf is how cells of a field are read.
func readerOf(f *office.Field) reader {
	switch f.Kind {
	case office.Enum:
		return enumReader(f)
	case office.Country:
		return countryReader(f)
	}
	return readers[f.Kind]
}
