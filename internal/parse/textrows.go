package parse

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"officeimporter/internal/office"
)

// maxColumns is what a sheet of Excel can have. More fields in a line come from
// something else than a table.
const maxColumns = 16384

// textRows reads the rows of a text file.
type textRows struct {
	src      *snapshot
	encoding textEncoding
	comma    byte
	heading  int // line on which the heading starts; 0 while unknown
	columns  []Column
	required []bool // of each column
}

func (t *textRows) reader() *csvReader {
	c := newCSVReader(t.encoding.reader(t.src), t.comma)
	for _, column := range t.columns {
		if !column.isMark() { // rows that a quote has swallowed don't have these
			c.width++
		}
	}
	return c
}

// all reads the rows below the heading; it is the Sheet's rows.
func (t *textRows) all(yield func(Row, error) bool) {
	err := t.each(func(row Row) bool {
		if row.Number <= t.heading {
			return true
		}
		t.fit(&row)
		return yield(row, nil)
	})
	if err != nil {
		yield(Row{}, err)
	}
}

// each calls f with every row that isn't blank, the heading and what stands
// above it too. The cells are valid until f returns.
func (t *textRows) each(f func(Row) bool) error {
	c := t.reader()
	cells := make([]Cell, 0, len(t.columns))
	for {
		rec, err := c.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row := t.row(rec, cells[:0])
		cells = row.Cells
		if !isBlankRow(row) && !f(row) {
			return nil
		}
	}
}

// row types the fields, and notes what is wrong with the record.
func (t *textRows) row(rec *csvRecord, cells []Cell) Row {
	row := Row{Number: rec.line, Cells: cells}
	for _, field := range rec.fields[:min(len(rec.fields), maxColumns)] {
		row.Cells = append(row.Cells, textCell(field))
	}
	switch {
	case rec.problem != nil:
		row.Problems = append(row.Problems, *rec.problem)
	case len(rec.fields) > maxColumns:
		row.refuse("row_too_long", "the line has %d columns, a sheet has at most %d", len(rec.fields), maxColumns)
	default:
		t.warnOfQuotes(&row, rec.bare)
	}
	t.checkBytes(&row, rec.text)
	return row
}

// refuse adds a problem of the row as such.
func (r *Row) refuse(kind office.ProblemKind, format string, args ...any) {
	r.Problems = append(r.Problems, office.Problem{Row: r.Number, Kind: kind, Message: fmt.Sprintf(format, args...)})
}

func (t *textRows) warnOfQuotes(row *Row, bare []int) {
	for _, i := range bare {
		row.Warnings = append(row.Warnings, office.Problem{
			Row: row.Number, Column: t.label(i), Kind: "bare_quote", Value: row.Cells[i].Raw,
			Message: "has a quote without being quoted; the quote was taken as part of the text",
		})
	}
}

// checkBytes refuses what no program should have written.
func (t *textRows) checkBytes(row *Row, text string) {
	if strings.IndexByte(text, 0) >= 0 {
		row.refuse("nul_byte", "the line holds a NUL byte; save the file again from the program it came from")
	}
	if !t.encoding.careful || !strings.ContainsFunc(text, t.encoding.damaged) {
		return
	}
	for i, c := range row.Cells {
		if strings.ContainsFunc(c.Raw, t.encoding.damaged) {
			row.Problems = append(row.Problems, t.damage(row.Number, i, c.Raw))
		}
	}
}

// damage is the problem of a cell of which characters are lost.
func (t *textRows) damage(line, column int, raw string) office.Problem {
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

// label is how messages name column i, which may lie beyond the heading.
func (t *textRows) label(i int) string {
	if i < len(t.columns) {
		return t.columns[i].Label()
	}
	return Column{Letter: columnLetter(i)}.Label()
}

func isBlankRow(row Row) bool {
	return len(row.Problems) == 0 && !slices.ContainsFunc(row.Cells, isFilled)
}
