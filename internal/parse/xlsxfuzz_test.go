package parse

import (
	"errors"
	"testing"

	"officeimporter/internal/office"
)

// FuzzSheet reads whatever stands in a sheet: never a panic, never an error
// that isn't the file's, never the same row twice or out of order.
func FuzzSheet(f *testing.F) {
	for _, rows := range []string{twoRows, header, `<row><c><f>1</f></c></row>`} {
		b := newBook(rows, `<mergeCells><mergeCell ref="A2:B9"/></mergeCells>`)
		f.Add([]byte(b["xl/worksheets/sheet1.xml"]), []byte(b["xl/sharedStrings.xml"]), []byte(b["xl/styles.xml"]))
	}
	f.Fuzz(func(t *testing.T, sheet, texts, styles []byte) {
		b := newBook("", "")
		b["xl/worksheets/sheet1.xml"], b["xl/sharedStrings.xml"], b["xl/styles.xml"] = string(sheet), string(texts), string(styles)
		readFuzzed(t, b.zip(t))
	})
}

// FuzzWorkbook reads whatever calls itself a workbook.
func FuzzWorkbook(f *testing.F) {
	f.Add(newBook(twoRows, "").zip(f))
	f.Add(manySheets("Read me", "Offices", "Old:hidden").zip(f))
	f.Fuzz(readFuzzed)
}

func readFuzzed(t *testing.T, content []byte) {
	src := snapshotOf(t, string(content))
	s, err := openSnapshot(src, "fuzz.xlsx", Options{Known: knowsTwo})
	if err == nil {
		defer s.Close()
		err = readAscending(t, s)
	}
	if _, ok := errors.AsType[*office.InputError](err); err != nil && !ok {
		t.Errorf("error is no InputError: %v", err)
	}
}

func readAscending(t *testing.T, s *Sheet) error {
	last := s.HeaderRow
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if row.Number <= last || len(row.Cells) > len(s.Columns) {
			t.Errorf("row %d after row %d has %d cells of %d columns", row.Number, last, len(row.Cells), len(s.Columns))
		}
		last = row.Number
		for _, c := range row.Cells {
			_ = c.Shown()
		}
	}
	return nil
}
