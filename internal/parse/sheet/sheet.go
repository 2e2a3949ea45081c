// Package sheet holds what every file reader produces: a heading and rows of typed cells, whatever the format. The
// mapping decides what a cell means.
package sheet

import (
	"io"
	"iter"
	"strings"

	"officeimporter/internal/office"
)

// CellKind says how a cell is stored, not what it looks like.
type CellKind uint8

const (
	Blank    CellKind = iota // nothing, or only white space
	Text                     // text as it is
	Number                   // a number without a date format
	Bool                     // TRUE or FALSE of a workbook
	DateTime                 // a number with a date or time format, or an ISO date (t="d")
	Error                    // #N/A and the like; in a text file, ErrorTokens
	Formula                  // a formula without a stored value
)

// Cell is one cell as it is stored. The zero Cell is blank.
type Cell struct {
	Kind CellKind
	// Raw is the cell as stored: a text as it is, but with LF as line end and without marks of text such as ="02134";
	// a number's digits without rounding ("6012345678901234567", "6.01E+18", "0.3333333333333333"); "TRUE" or
	// "FALSE"; an error token; the text of a formula without a value.
	Raw string
	// Format is the number format code of a Number or DateTime ("00000", "h:mm"); empty for General and in text
	// files.
	Format string
	// Serial is the day of a DateTime in the 1900 date system (whichever the workbook uses), with the time of day as
	// fraction.
	Serial float64
	// Merged says that the value comes from the first cell of a merged range.
	Merged bool
}

// Row is a non-blank row below the heading.
type Row struct {
	// Number is the row number that the spreadsheet program shows. In a text file it is the line on which the record
	// starts; blank lines and the lines within cells count.
	Number int
	// Cells has the cells by column, from 0. There may be fewer than columns in the heading, never more.
	Cells []Cell
	// Hidden says that the row is hidden or filtered out in the workbook.
	Hidden bool
	// Problems concern the row as a whole (ragged_row, bad_quote, ...): its cells can't be trusted, and it must not
	// be sent.
	Problems []office.Problem
	// Warnings are doubts that don't stop the row (short_row, bare_quote, ...).
	Warnings []office.Problem
}

// Column is one column of the heading.
type Column struct {
	Index  int    // from 0
	Name   string // the heading without outer white space; empty if there is none
	Letter string // "A", "B", ... as in spreadsheet programs
	Hidden bool
}

// Label is how messages name the column: its heading, or "col M".
func (c Column) Label() string {
	if c.Name != "" {
		return c.Name
	}
	return "col " + c.Letter
}

// Options say how to read a file. With the zero value everything is found out from the content.
type Options struct {
	Sheet     string // name of the sheet; "": the visible one with known headings
	HeaderRow int    // row (or line) of the heading; 0: find it
	Encoding  string // of a text file, such as "windows-1252"; "": find it. A byte order mark wins
	Delimiter string // of a text file: one character or "tab"; "": find it
	// Known tells whether a heading names a field (the mapping knows). If nil, any non-blank text may be a heading.
	Known func(heading string) bool
	// Required tells whether every row must fill the field of this heading: a text row that ends before such a column
	// is a problem (ragged_row) and not only a warning (short_row). Nil means that none is required.
	Required func(heading string) bool
}

// Sheet is an opened file: its heading, and its rows, which can be read again and again. It shows the content as it
// was when the file was opened. Rows is safe for concurrent use; each caller makes a pass of its own.
type Sheet struct {
	File      string   // the path as the user named it
	Name      string   // the sheet's name; empty for a text file
	Format    string   // "csv", "tsv" (any text file) or "xlsx"
	Unit      string   // "row" or "line": what Row.Number counts
	Encoding  string   // of a text file, as detected: "UTF-8", "UTF-16LE", "windows-1252", ...
	Delimiter rune     // of a text file, as detected
	SHA256    [32]byte // of the file's bytes
	HeaderRow int
	Columns   []Column
	// Warnings concern the file as a whole (encoding_assumed, hidden_sheet_skipped, extension_mismatch, ...).
	Warnings []office.Problem

	source any
	rows   func() iter.Seq2[Row, error]
	file   File
}

// New makes a Sheet for the reader of some format. source is that reader; fix files get it back from Source.
func New(found Sheet, source any, rows func() iter.Seq2[Row, error]) *Sheet {
	s := &found
	s.source, s.rows = source, rows
	return s
}

// Attach ties the sheet to its file: errors of Rows name the path, and Close closes the file too. It returns an
// *office.InputError if there is no row, and the error of reading the first row if that fails.
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

// File is the snapshot that a sheet is read from.
type File interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// Content is the bytes of the file as they were when it was opened.
func (s *Sheet) Content() *io.SectionReader {
	return io.NewSectionReader(s.file, 0, s.file.Size())
}

// Source is the reader of the rows: a *delimited.Rows or an *xlsx.Worksheet.
func (s *Sheet) Source() any { return s.source }

// Rows reads the rows below the heading in sheet order, without blank ones. Each call starts again at the first row.
// A Row and its Cells are only valid until the next row. An error is the last thing that comes; it is an
// *office.InputError if the file is at fault, and the rows before it are then not the whole file.
func (s *Sheet) Rows() iter.Seq2[Row, error] { return s.rows() }

// Close releases what Open took. The Sheet can't be used after it.
func (s *Sheet) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// The columns that a fix file has in front of those of the sheet.
const (
	StatusColumn   = "import_status"
	ProblemsColumn = "import_problems"
)

// IsFixColumn tells whether a fix file added the column. A fix file of a fix file gets new ones instead.
func (c Column) IsFixColumn() bool {
	return strings.EqualFold(c.Name, StatusColumn) || strings.EqualFold(c.Name, ProblemsColumn)
}
