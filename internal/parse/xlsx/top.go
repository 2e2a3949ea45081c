package xlsx

import (
	"officeimporter/internal/parse/sheet"
)

// top reads the first rows that aren't blank, as many as may hold the heading.
func (b *Workbook) top(s sheetEntry, layout *sheetLayout, o sheet.Options) (top []sheet.Row, err error) {
	for stored, err := range b.StoredRows(s, layout) {
		if err != nil {
			return nil, err
		}
		if row, filled := b.topRow(stored); filled {
			top = append(top, row)
		}
		if sheet.TopComplete(top, o) {
			break
		}
	}
	return top, nil
}

// heading is the row of the heading. If there is none but cells near the top are damaged, the error is about the
// damage, which is the likely cause.
func heading(top []sheet.Row, o sheet.Options) (sheet.Row, error) {
	i, err := sheet.FindHeading(top, o)
	if err == nil {
		return sheet.HeadingRow(top, i, o), sheet.HeadingError(top[i])
	}
	for _, row := range top {
		if damage := sheet.HeadingError(row); damage != nil {
			return sheet.Row{}, damage
		}
	}
	return sheet.Row{}, err
}

// topRow is a row that may be the heading or above it, only as wide as its last filled cell.
func (b *Workbook) topRow(stored *StoredRow) (row sheet.Row, filled bool) {
	row = sheet.Row{Number: stored.Number, Hidden: stored.hidden}
	for _, c := range stored.Cells {
		cell, damage := b.Cell(stored, c)
		if !sheet.IsFilled(cell) {
			continue
		}
		if damage != "" {
			column := sheet.Column{Letter: sheet.ColumnLetter(c.Column)}
			row.Problems = append(row.Problems, damageProblem(stored.Number, column, cell, damage))
		}
		row.Cells = append(row.Cells, make([]sheet.Cell, c.Column-len(row.Cells))...)
		row.Cells = append(row.Cells, cell)
	}
	return row, len(row.Cells) > 0
}
