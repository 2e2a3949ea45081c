package delimited

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// MaxColumns is how many columns an Excel sheet can have. A line with more fields isn't part of a table.
const MaxColumns = 16384

// Rows reads the rows of a text file. The methods that iterate are safe for concurrent use.
type Rows struct {
	src         *snapshot.Snapshot
	encoding    textEncoding
	Comma       byte // the delimiter
	headingLine int  // where the heading starts; 0 while unknown
	Columns     []sheet.Column
	required    []bool // by column
}

func (t *Rows) reader() *recordReader {
	c := newRecordReader(t.encoding.reader(t.src), t.Comma)
	for _, column := range t.Columns {
		if !column.IsFixColumn() { // rows that a stray quote has swallowed don't have these
			c.width++
		}
	}
	return c
}

// all yields the rows below the heading.
func (t *Rows) all(yield func(sheet.Row, error) bool) {
	err := t.each(func(row sheet.Row) bool {
		if row.Number <= t.headingLine {
			return true
		}
		t.Fit(&row)
		return yield(row, nil)
	})
	if err != nil {
		yield(sheet.Row{}, err)
	}
}

// each calls f with every row that isn't blank, including the heading and the rows above it, until f returns false.
// The cells are only valid until f returns.
func (t *Rows) each(f func(sheet.Row) bool) error {
	c := t.reader()
	cells := make([]sheet.Cell, 0, len(t.Columns))
	for {
		rec, err := c.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row := t.Row(rec, cells[:0])
		cells = row.Cells
		if !sheet.IsBlankRow(row) && !f(row) {
			return nil
		}
	}
}

// Row makes a row of a record and appends its cells to the given ones. What is wrong with the record becomes a
// problem or warning of the row.
func (t *Rows) Row(rec *Record, cells []sheet.Cell) sheet.Row {
	row := sheet.Row{Number: rec.Line, Cells: cells}
	for _, field := range rec.Fields[:min(len(rec.Fields), MaxColumns)] {
		row.Cells = append(row.Cells, sheet.TextCell(field))
	}
	switch {
	case rec.problem != nil:
		row.Problems = append(row.Problems, *rec.problem)
	case len(rec.Fields) > MaxColumns:
		row.AddProblem("row_too_long", "the line has %d columns, a sheet has at most %d", len(rec.Fields), MaxColumns)
	default:
		t.warnOfQuotes(&row, rec.bare)
	}
	t.checkBytes(&row, rec.text)
	return row
}

func (t *Rows) warnOfQuotes(row *sheet.Row, bare []int) {
	for _, i := range bare {
		row.Warnings = append(row.Warnings, office.Problem{
			Row: row.Number, Column: t.label(i), Kind: "bare_quote", Value: row.Cells[i].Raw,
			Message: "has a quote without being quoted; the quote was taken as part of the text",
		})
	}
}

// checkBytes adds problems for NUL bytes and for bytes that are wrong in the encoding.
func (t *Rows) checkBytes(row *sheet.Row, text string) {
	if strings.IndexByte(text, 0) >= 0 {
		row.AddProblem("nul_byte", "the line holds a NUL byte; save the file again from the program it came from")
	}
	if !t.encoding.mayBeDamaged || !strings.ContainsFunc(text, t.encoding.isDamaged) {
		return
	}
	for i, c := range row.Cells {
		if strings.ContainsFunc(c.Raw, t.encoding.isDamaged) {
			row.Problems = append(row.Problems, t.damageProblem(row.Number, i, c.Raw))
		}
	}
}

// damageProblem describes a cell that has lost characters.
func (t *Rows) damageProblem(line, column int, raw string) office.Problem {
	p := office.Problem{Row: line, Column: t.label(column), Value: strings.ToValidUTF8(raw, "\ufffd")}
	switch {
	case !utf8.ValidString(raw):
		p.Kind = "invalid_utf8"
		p.Message = "has bytes that aren't UTF-8, as the rest of the file is; type the text again, or name the encoding with --encoding"
	case t.encoding.codec == nil:
		p.Kind = "lost_character"
		p.Message = "has the mark U+FFFD where another program has lost a character; type the text again"
	default:
		p.Kind = "invalid_encoding"
		p.Message = fmt.Sprintf("has bytes that mean nothing in %s; name the right encoding with --encoding", t.encoding.name)
	}
	return p
}

// label is how messages name column i, which may be right of the heading.
func (t *Rows) label(i int) string {
	if i < len(t.Columns) {
		return t.Columns[i].Label()
	}
	return sheet.Column{Letter: sheet.ColumnLetter(i)}.Label()
}

// Records yields all records but empty lines, each valid until the next.
func (t *Rows) Records() iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		c := t.reader()
		for {
			rec, err := c.next()
			if errors.Is(err, io.EOF) || !yield(rec, err) || err != nil {
				return
			}
		}
	}
}
