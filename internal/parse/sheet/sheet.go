// Package sheet is what every reader of a file gives: a heading and rows of
// typed cells, whatever the format. What a cell means is the mapping's matter.
package sheet

import (
	"io"
	"iter"

	"officeimporter/internal/office"
)

// CellKind says how a cell is stored, whatever it looks like.
type CellKind uint8

const (
	Blank    CellKind = iota // nothing, or white space alone
	Text                     // text as it stands
	Number                   // a number without a date format
	Bool                     // TRUE or FALSE of a workbook
	DateTime                 // a number with a date or time format, or an ISO date (t="d")
	Error                    // #N/A and its like (in a text file too: the exact tokens)
	Formula                  // a formula without a stored value
)

// Cell is one cell as it is stored. The zero Cell is blank.
type Cell struct {
	Kind CellKind
	// Raw is the cell as stored: a text as it stands, but for the line ends in a
	// text file, which are LF, and marks of text such as ="02134", which are
	// taken off; a number's digits
	// without rounding ("6012345678901234567", "6.01E+18", "0.3333333333333333");
	// "TRUE" or "FALSE"; an error token; the text of a formula without a value.
	Raw string
	// Format is the number format code of a Number or DateTime ("00000",
	// "h:mm"); empty for General and in text files.
	Format string
	// Serial is, for a DateTime, the day number in the 1900 date system
	// (whatever system the workbook has) with the time of day as fraction.
	Serial float64
	// Merged says that the value was filled in from the anchor of a merged range.
	Merged bool
}

// Row is one row below the heading that is not blank.
type Row struct {
	// Number is what the spreadsheet program shows beside the row; in a text
	// file the line on which the record starts (blank lines and the lines of
	// multi-line cells are counted).
	Number int
	// Cells are indexed as the file's columns, from 0. There may be fewer of
	// them than columns in the heading, never more.
	Cells []Cell
	// Hidden says that the row is hidden or filtered out in the workbook.
	Hidden bool
	// Problems are of the row as such (ragged_row, bad_quote, ...): the cells
	// of such a row can't be trusted, and it must not be sent.
	Problems []office.Problem
	// Warnings are doubts that don't stop the row (short_row, bare_quote, ...).
	Warnings []office.Problem
}

// Column is one column of the heading.
type Column struct {
	Index  int    // from 0
	Name   string // the heading as it stands, outer white space trimmed; empty where there is none
	Letter string // "A", "B", ... as spreadsheet programs name it
	Hidden bool
}

// Label is how messages name the column: its heading, or "col M".
func (c Column) Label() string {
	if c.Name != "" {
		return c.Name
	}
	return "col " + c.Letter
}

// Options say how to read a file. The zero value finds everything out.
type Options struct {
	Sheet     string // name of the sheet; "": the visible one whose headings are known
	HeaderRow int    // row (or line) of the heading; 0: found
	Encoding  string // of a text file, such as "windows-1252"; "": found. A byte order mark outranks it
	Delimiter string // of a text file: one character or "tab"; "": found
	// Known tells whether a heading names a field (the mapping knows). Nil:
	// every non-blank text is as good as another.
	Known func(heading string) bool
	// Required tells whether a heading names a field that every row must fill:
	// a text row cut off before such a column is a problem (ragged_row), not a
	// doubt (short_row). Nil: none is.
	Required func(heading string) bool
}

// Sheet is an opened file: its heading, and its rows as often as they are
// wanted. The content is that of the moment of Open, whatever happens to the
// file later. Rows is fine for concurrent use, each pass by itself.
type Sheet struct {
	File      string   // the path as the user named it
	Name      string   // of the sheet; empty for a text file
	Format    string   // "csv", "tsv" (any text file) or "xlsx"
	Unit      string   // "row" or "line": what Row.Number counts
	Encoding  string   // of a text file, as detected: "UTF-8", "UTF-16LE", "windows-1252", ...
	Delimiter rune     // of a text file, as detected
	SHA256    [32]byte // of the file's bytes
	HeaderRow int
	Columns   []Column
	// Warnings concern the file as a whole (encoding_assumed,
	// hidden_sheet_skipped, extension_mismatch, ...).
	Warnings []office.Problem

	source any
	rows   func() iter.Seq2[Row, error]
	file   File
}

// New is a Sheet as a reader of some format found it: the source is the
// reader, for who writes some of its rows anew.
func New(found Sheet, source any, rows func() iter.Seq2[Row, error]) *Sheet {
	s := &found
	s.source, s.rows = source, rows
	return s
}

// Adopt makes the sheet one of a file: its errors name the file, Close also
// closes what the sheet was read from, and it is an *office.InputError where
// there is no row.
func (s *Sheet) Attach(path, unit string, file File) error {
	s.File, s.Unit, s.file = path, unit, file
	rows := s.rows
	s.rows = func() iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			for row, err := range rows() {
				if !yield(row, InFile(err, path, unit)) {
					return
				}
			}
		}
	}
	for _, err := range s.rows() {
		return err
	}
	return InFile(Refuse("no_rows", 0, "there is a heading (%s %d), but no row below it", unit, s.HeaderRow), path, unit)
}

// File is where a sheet was read from, as it was then.
type File interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// Content is the bytes of the file as they were when it was opened.
func (s *Sheet) Content() *io.SectionReader {
	return io.NewSectionReader(s.file, 0, s.file.Size())
}

// Source is what reads the rows: a *delimited.Rows or an *xlsx.Worksheet.
func (s *Sheet) Source() any { return s.source }

// Rows reads the rows below the heading in sheet order; blank ones are left
// out. It may be called again, and starts from the first row each time. The
// Row and its Cells are the caller's until the next one is asked for. An error
// ends the rows: it is an *office.InputError where the file is at fault, and
// then rows that came before it must not be taken for the whole.
func (s *Sheet) Rows() iter.Seq2[Row, error] { return s.rows() }

// Close gives back what Open took. Using the Sheet after it is an error.
func (s *Sheet) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
