// Package xlsx reads the worksheets of Excel workbooks, with the type, the digits and the number format of each cell
// as stored.
package xlsx

import (
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// Open opens an XLSX workbook. It reads the list of sheets, the texts and formats that cells refer to, and the whole
// of the chosen sheet, so that damage anywhere in it is found before its first row is used. Rows are read again as a
// stream whenever they are needed. If the file is at fault, the error is an *office.InputError.
//
// The reader is our own because those that stream return only strings, silently drop what they can't read, and ignore
// the checksums of the archive.
func Open(src *snapshot.Snapshot, o sheet.Options) (*sheet.Sheet, error) {
	book, err := openWorkbook(src)
	if err != nil {
		return nil, err
	}
	entry, warnings, err := book.pick(o)
	if err != nil {
		return nil, err
	}
	w := &Worksheet{Workbook: book, Entry: entry}
	if err := w.open(o); err != nil {
		return nil, err
	}
	return sheet.New(sheet.Sheet{
		Name: entry.Name, Format: "xlsx",
		HeaderRow: w.HeaderRow, Columns: w.Columns, Warnings: warnings,
	}, w, w.sheetRows), nil
}

// open makes sure that the sheet isn't damaged, and finds its heading.
func (w *Worksheet) open(o sheet.Options) (err error) {
	if w.Layout, err = w.Workbook.scan(w.Entry); err != nil {
		return err
	}
	top, err := w.Workbook.top(w.Entry, w.Layout, o)
	if err != nil {
		return err
	}
	row, err := heading(top, o)
	if err != nil {
		return err
	}
	w.HeaderRow, w.Columns = row.Number, sheet.ColumnsOf(row)
	for i := range w.Columns {
		w.Columns[i].Hidden = w.Layout.hides(i)
	}
	return nil
}

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
