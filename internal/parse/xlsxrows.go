package parse

import (
	"fmt"
	"iter"
	"slices"

	"officeimporter/internal/office"
)

// worksheet is the sheet that was chosen.
type worksheet struct {
	book    *workbookFile
	entry   sheetEntry
	facts   *sheetFacts
	header  int // row of the heading
	columns []Column
}

// bookRow is a row with the cells that it was made of.
type bookRow struct {
	Row
	stored *storedRow
}

// rows are those below the heading.
func (w *worksheet) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range w.bookRows() {
			if !yield(row.Row, err) {
				return
			}
		}
	}
}

// bookRows are those below the heading, each valid until the next.
func (w *worksheet) bookRows() iter.Seq2[bookRow, error] {
	return func(yield func(bookRow, error) bool) {
		merges := newMergeFill(w.facts.merges, w.header, len(w.columns))
		cells := make([]Cell, len(w.columns))
		for stored, err := range w.book.stored(w.entry, w.facts) {
			if err != nil {
				yield(bookRow{}, err)
				return
			}
			if stored.number <= w.header || len(stored.cells) == 0 {
				continue
			}
			row, filled := w.row(stored, cells, merges)
			if filled && !yield(bookRow{row, stored}, nil) {
				return
			}
		}
	}
}

// row fills the cells, one for each column. It is filled where it has
// something of its own, not from a merged range alone.
func (w *worksheet) row(stored *storedRow, cells []Cell, merges *mergeFill) (row Row, filled bool) {
	clear(cells)
	row = Row{Number: stored.number, Hidden: stored.hidden}
	for _, c := range stored.cells {
		cell, damage := w.book.cell(stored, c)
		if !isFilled(cell) {
			continue
		}
		column := w.column(c.column)
		if damage != "" {
			row.Problems = append(row.Problems, damaged(stored.number, column, cell, damage))
		}
		if column.Name == "" {
			row.Warnings = append(row.Warnings, withoutHeading(stored.number, column, cell))
		}
		if c.column < len(cells) {
			cells[c.column] = cell
		}
	}
	merges.fill(stored.number, cells)
	row.Cells = trimBlank(cells)
	return row, len(row.Problems)+len(row.Warnings) > 0 || hasOwn(row.Cells)
}

// column is that of the heading, or one right of it without a name.
func (w *worksheet) column(i int) Column {
	if i < len(w.columns) {
		return w.columns[i]
	}
	return Column{Index: i, Letter: columnLetter(i)}
}

func hasOwn(cells []Cell) bool {
	return slices.ContainsFunc(cells, func(c Cell) bool { return isFilled(c) && !c.Merged })
}

func trimBlank(cells []Cell) []Cell {
	for len(cells) > 0 && !isFilled(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func damaged(row int, column Column, c Cell, damage string) office.Problem {
	return office.Problem{
		Row: row, Column: column.Label(), Kind: "corrupt_sheet", Value: c.Raw,
		Message:    "the cell is damaged: it " + damage,
		Suggestion: "type it again",
	}
}

// withoutHeading warns of a value that no heading gives a meaning to.
func withoutHeading(row int, column Column, c Cell) office.Problem {
	return office.Problem{
		Row: row, Column: column.Label(), Kind: "data_without_header", Value: c.Raw,
		Message:    fmt.Sprintf("%q stands in a column without heading and isn't used", c.Shown()),
		Suggestion: "give the column a heading, or empty it",
	}
}
