// Package cell reads one cell into a value of the kind that its field has, or
// says why it can't. How a value was read is told by the name of a rule.
package cell

import (
	"fmt"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Entry is one cell on its way into a field. Not for concurrent use.
type Entry struct {
	Cell    sheet.Cell
	raw     string // the cell as it is in the sheet, whatever the mapping file makes of it
	field   *office.Field
	column  string  // the heading; empty where the value is a default
	address Address // by which the cell is read
	rules   *Rules
	notes   *Notes
	Failed  bool // the value can't be used, and why is noted
}

// New starts to read a cell into a field.
func NewEntry(f *office.Field, cell sheet.Cell, column string, at Address, rules *Rules, notes *Notes) Entry {
	e := Entry{Cell: cell, raw: cell.Raw, field: f, column: column, address: at, rules: rules, notes: notes}
	if cell.Merged {
		e.warn(MergedCell, "", "is filled in from the first of merged cells")
	}
	return e
}

// A Reader makes a value of a cell that isn't blank, as office.Field.Set takes
// it. Where it doesn't send the cell as it stands it names the rule by which
// it was read. Nil means that there is no value: either the entry has failed,
// or there is nothing in the cell after all.
type Reader func(e *Entry) (value any, rule string)

// Fail notes why the cell can't be used. It returns nil, so that a reader can
// end with it.
func (e *Entry) Fail(kind office.ProblemKind, suggestion, format string, args ...any) (any, string) {
	e.Failed = true
	e.notes.Problems = append(e.notes.Problems, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
	return nil, ""
}

// Refuse is fail for a problem that office has found.
func (e *Entry) Refuse(p *office.Problem) (any, string) {
	return e.Fail(p.Kind, p.Suggestion, "%s", p.Message)
}

// warn notes a doubt; the value is used.
func (e *Entry) warn(kind office.ProblemKind, suggestion, format string, args ...any) {
	e.notes.Warnings = append(e.notes.Warnings, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
}

// repaired notes that the value was put right: a doubt, or a problem where
// repairs aren't wanted; then it is false.
func (e *Entry) repaired(kind office.ProblemKind, suggestion, format string, args ...any) bool {
	if e.rules.NoRepairs {
		e.Fail(kind, suggestion, format, args...)
		return false
	}
	e.warn(kind, suggestion, format, args...)
	return true
}

func (e *Entry) problem(kind office.ProblemKind, suggestion, message string) office.Problem {
	return office.Problem{Field: e.field.Name, Column: e.column, Kind: kind, Value: e.raw, Message: message, Suggestion: suggestion}
}

// Unusable notes cells that hold no value of any kind.
func (e *Entry) Unusable() bool {
	switch e.Cell.Kind {
	case sheet.Error:
		e.Fail(ErrorCell, "put the formula right, or type the value", "holds the error %s", e.Cell.Raw)
	case sheet.Formula:
		e.Fail(FormulaNoValue, "open the file in a spreadsheet program and save it, or type the value", "holds the formula %q without its value", e.Cell.Raw)
	}
	return e.Failed
}

// readers are by kind; those that depend on the field itself are made by readerOf.
var readers = map[office.Kind]Reader{
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

// ReaderOf is how cells of a field are read.
func ReaderOf(f *office.Field) Reader {
	switch f.Kind {
	case office.Enum:
		return enumReader(f)
	case office.Country:
		return countryReader(f)
	}
	return readers[f.Kind]
}

// CheckDefault says what is wrong with a value for all rows of a field, as far as
// that doesn't depend on the row's address; nil where nothing is.
func CheckDefault(f *office.Field, value string) *office.Problem {
	var notes Notes
	e := NewEntry(f, DefaultCell(value), "", Address{}, new(Rules), &notes)
	read, _ := ReaderOf(f)(&e)
	if read != nil && len(notes.Problems) == 0 {
		if p := f.Check(read); p != nil {
			notes.Problems = append(notes.Problems, *p)
		}
	}
	return notes.first()
}

// Translate puts what the mapping file says that the cell means in its place.
func (e *Entry) Translate(meanings map[string]string) bool {
	if meanings == nil || e.Cell.Kind == sheet.Formula {
		return false
	}
	meaning, ok := meanings[locale.Fold(e.Cell.Shown())]
	if ok {
		e.Cell = sheet.Cell{Kind: sheet.Text, Raw: meaning}
	}
	return ok
}

// Default is a default as a cell.
func DefaultCell(value string) sheet.Cell {
	if strings.TrimSpace(locale.Fold(value)) == "" {
		return sheet.Cell{}
	}
	return sheet.Cell{Kind: sheet.Text, Raw: value}
}
