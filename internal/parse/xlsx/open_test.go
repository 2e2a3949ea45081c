package xlsx

import (
	"errors"
	"testing"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
	"officeimporter/internal/parse/snapshot"
)

// openParts opens the workbook and closes it after the test.
func openParts(t *testing.T, b sheettest.Workbook, o sheet.Options) *sheet.Sheet {
	t.Helper()
	s, err := openPath(b.Save(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// openPath opens a workbook as parse.Open does.
func openPath(path string, o sheet.Options) (*sheet.Sheet, error) {
	src, err := snapshot.Take(path)
	if err != nil {
		return nil, err
	}
	s, err := Open(src, o)
	if err == nil {
		err = s.Attach(path, "row", src)
	}
	if err != nil {
		return nil, errors.Join(sheet.InFile(err, path, "row"), src.Close())
	}
	return s, nil
}
