// Package cell reads one cell into a value of its field's kind, or says why it can't. The name of a rule tells how it
// was read.
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
	raw     string // the cell as it is in the sheet, before the mapping file translates it
	field   *office.Field
	column  string // the heading; empty if the value is a default
	address Address
	rules   *Rules
	notes   *Notes
	Failed  bool // the value can't be used; the problem is noted
}

// NewEntry starts to read a cell into a field. Problems and warnings go into notes.
func NewEntry(f *office.Field, cell sheet.Cell, column string, at Address, rules *Rules, notes *Notes) Entry {
	e := Entry{Cell: cell, raw: cell.Raw, field: f, column: column, address: at, rules: rules, notes: notes}
	if cell.Merged {
		e.warn(MergedCell, "", "is filled in from the first of merged cells")
	}
	return e
}

// Reader makes a value, of the type that office.Field.Set takes, of a cell that isn't blank. If the cell isn't sent
// as it is, rule names how it was read. A nil value means that the entry has failed, or that there is nothing in the
// cell after all.
type Reader func(e *Entry) (value any, rule string)

// Fail notes why the cell can't be used. It returns nil, so that a Reader can end with it.
func (e *Entry) Fail(kind office.ProblemKind, suggestion, format string, args ...any) (any, string) {
	e.Failed = true
	e.notes.Problems = append(e.notes.Problems, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
	return nil, ""
}

// Refuse is Fail for a problem that office has found.
func (e *Entry) Refuse(p *office.Problem) (any, string) {
	return e.Fail(p.Kind, p.Suggestion, "%s", p.Message)
}

// warn notes a doubt about a value that is used.
func (e *Entry) warn(kind office.ProblemKind, suggestion, format string, args ...any) {
	e.notes.Warnings = append(e.notes.Warnings, e.problem(kind, suggestion, fmt.Sprintf(format, args...)))
}

// repaired notes a repair as a warning. If repairs aren't allowed, it notes a problem and returns false.
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

// Unusable tells whether the cell has no value of any kind, and notes why.
func (e *Entry) Unusable() bool {
	switch e.Cell.Kind {
	case sheet.Error:
		e.Fail(ErrorCell, "put the formula right, or type the value", "holds the error %s", e.Cell.Raw)
	case sheet.Formula:
		e.Fail(FormulaNoValue, "open the file in a spreadsheet program and save it, or type the value", "holds the formula %q without its value", e.Cell.Raw)
	}
	return e.Failed
}

// readers are the Readers by kind; ReaderOf makes those that depend on the field.
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

// ReaderOf is the Reader for cells of a field.
func ReaderOf(f *office.Field) Reader {
	switch f.Kind {
	case office.Enum:
		return enumReader(f)
	case office.Country:
		return countryReader(f)
	}
	return readers[f.Kind]
}

// CheckDefault says what is wrong with a field's value for all rows, as far as that doesn't depend on a row's
// address; nil if nothing is.
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

// Translate replaces the cell by what the mapping file says it means, and tells whether it did.
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

// DefaultCell is a cell with a default; blank if value is.
func DefaultCell(value string) sheet.Cell {
	if strings.TrimSpace(locale.Fold(value)) == "" {
		return sheet.Cell{}
	}
	return sheet.Cell{Kind: sheet.Text, Raw: value}
}
