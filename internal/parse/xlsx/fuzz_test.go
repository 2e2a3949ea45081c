package xlsx

import (
	"archive/zip"
	"errors"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// FuzzSheet reads any sheet: there is never a panic, an error that doesn't blame the file, or a row that comes
// twice or out of order.
func FuzzSheet(f *testing.F) {
	for _, rows := range []string{twoRows, sheettest.Header, `<row><c><f>1</f></c></row>`} {
		b := sheettest.New(rows, `<mergeCells><mergeCell ref="A2:B9"/></mergeCells>`)
		f.Add([]byte(b["xl/worksheets/sheet1.xml"]), []byte(b["xl/sharedStrings.xml"]), []byte(b["xl/styles.xml"]))
	}
	f.Fuzz(func(t *testing.T, sheet, texts, styles []byte) {
		b := sheettest.New("", "")
		b["xl/worksheets/sheet1.xml"], b["xl/sharedStrings.xml"], b["xl/styles.xml"] = string(sheet), string(texts), string(styles)
		readFuzzed(t, b.Zip(t))
	})
}

// FuzzWorkbook reads anything that claims to be a workbook.
func FuzzWorkbook(f *testing.F) {
	f.Add(sheettest.New(twoRows, "").Zip(f))
	f.Add(manySheets("Read me", "Offices", "Old:hidden").Zip(f))
	f.Fuzz(readFuzzed)
}

func readFuzzed(t *testing.T, content []byte) {
	src := sheettest.SnapshotOf(t, string(content))
	if _, err := zip.NewReader(src, src.Size()); err != nil {
		t.Skip("parse refuses it before")
	}
	s, err := Open(src, sheet.Options{Known: knowsTwo})
	if err == nil {
		err = s.Attach("fuzz.xlsx", "row", src)
	}
	if err == nil {
		defer s.Close()
		err = readAscending(t, s)
	}
	if _, ok := errors.AsType[*office.InputError](err); err != nil && !ok {
		t.Errorf("not an InputError: %v", err)
	}
}

func readAscending(t *testing.T, s *sheet.Sheet) error {
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
