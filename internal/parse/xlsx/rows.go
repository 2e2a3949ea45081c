package xlsx

import (
	"fmt"
	"iter"
	"slices"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Worksheet is the sheet that is being read. Its methods that iterate are safe for concurrent use.
type Worksheet struct {
	Workbook  *Workbook
	Entry     sheetEntry
	Layout    *sheetLayout
	HeaderRow int // row of the heading
	Columns   []sheet.Column
}

// Row is a row with the stored cells that it was made from.
type Row struct {
	sheet.Row
	Stored *StoredRow
}

// sheetRows yields the rows below the heading.
func (w *Worksheet) sheetRows() iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for row, err := range w.Rows() {
			if !yield(row.Row, err) {
				return
			}
		}
	}
}

// Rows yields the rows below the heading with their stored cells. Each is valid until the next.
func (w *Worksheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		merges := newMergeFill(w.Layout.merges, w.HeaderRow, len(w.Columns))
		cells := make([]sheet.Cell, len(w.Columns))
		for stored, err := range w.Workbook.StoredRows(w.Entry, w.Layout) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if stored.Number <= w.HeaderRow || len(stored.Cells) == 0 {
				continue
			}
			row, filled := w.row(stored, cells, merges)
			if filled && !yield(Row{row, stored}, nil) {
				return
			}
		}
	}
}

// row fills cells, one for each column. filled is false if all it has comes from merged ranges.
func (w *Worksheet) row(stored *StoredRow, cells []sheet.Cell, merges *mergeFill) (row sheet.Row, filled bool) {
	clear(cells)
	row = sheet.Row{Number: stored.Number, Hidden: stored.hidden}
	for _, c := range stored.Cells {
		cell, damage := w.Workbook.Cell(stored, c)
		if !sheet.IsFilled(cell) {
			continue
		}
		column := w.column(c.Column)
		if damage != "" {
			row.Problems = append(row.Problems, damageProblem(stored.Number, column, cell, damage))
		}
		if column.Name == "" {
			row.Warnings = append(row.Warnings, withoutHeading(stored.Number, column, cell))
		}
		if c.Column < len(cells) {
			cells[c.Column] = cell
		}
	}
	merges.fill(stored.Number, cells)
	row.Cells = TrimBlank(cells)
	return row, len(row.Problems)+len(row.Warnings) > 0 || hasOwn(row.Cells)
}

// column is column i of the heading, or one without a name if i is right of the heading.
func (w *Worksheet) column(i int) sheet.Column {
	if i < len(w.Columns) {
		return w.Columns[i]
	}
	return sheet.Column{Index: i, Letter: sheet.ColumnLetter(i)}
}

func hasOwn(cells []sheet.Cell) bool {
	return slices.ContainsFunc(cells, func(c sheet.Cell) bool { return sheet.IsFilled(c) && !c.Merged })
}

// TrimBlank cuts off the blank cells at the end.
func TrimBlank(cells []sheet.Cell) []sheet.Cell {
	for len(cells) > 0 && !sheet.IsFilled(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func damageProblem(row int, column sheet.Column, c sheet.Cell, damage string) office.Problem {
	return office.Problem{
		Row: row, Column: column.Label(), Kind: "corrupt_sheet", Value: c.Raw,
		Message:    "the cell is damaged: it " + damage,
		Suggestion: "type it again",
	}
}

// withoutHeading warns of a value in a column without a heading, which nobody can interpret.
func withoutHeading(row int, column sheet.Column, c sheet.Cell) office.Problem {
	return office.Problem{
		Row: row, Column: column.Label(), Kind: "data_without_header", Value: c.Raw,
		Message:    fmt.Sprintf("%q stands in a column without heading and isn't used", c.Shown()),
		Suggestion: "give the column a heading, or empty it",
	}
}
