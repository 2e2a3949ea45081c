// Package xlsx reads the worksheets of Excel workbooks, with the type, the digits and the number format of each
// cell as stored.
package xlsx

import (
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// Open opens an XLSX workbook. It reads the list of sheets, the texts and formats that cells refer to, and the
// whole of the chosen sheet, so that damage anywhere in it is found before its first row is used. Rows are read
// again as a stream whenever they are needed. If the file is at fault, the error is an *office.InputError.
//
// The reader is our own because those that stream return only strings, silently drop what they can't read, and
// ignore the checksums of the archive.
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
