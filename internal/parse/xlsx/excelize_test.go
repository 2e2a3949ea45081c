package xlsx

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// TestReadsWhatExcelizeWrites compares every cell with excelize's raw reading of a workbook that it wrote.
func TestReadsWhatExcelizeWrites(t *testing.T) {
	path := excelizeWorkbook(t)
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := openPath(path, sheet.Options{Known: func(h string) bool { return h != "A title" }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows := sheettest.AllRows(t, s)
	if len(rows) != 40 || s.HeaderRow != 3 {
		t.Fatalf("%d rows below row %d", len(rows), s.HeaderRow)
	}
	for _, row := range rows {
		for i, c := range row.Cells {
			at := fmt.Sprint(sheet.ColumnLetter(i), row.Number)
			want, err := f.GetCellValue(s.Name, at, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			if c.Kind == sheet.Bool {
				want = map[string]string{"1": "TRUE", "0": "FALSE"}[want]
			}
			if c.Raw != want {
				t.Errorf("%s is %q, excelize reads %q", at, c.Raw, want)
			}
		}
	}
}

func excelizeWorkbook(t *testing.T) string {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetCellValue("Sheet1", "A1", "A title"))
	must(f.SetSheetRow("Sheet1", "A3", &[]string{"text", "number", "long", "bool", "date", "clock", "rich", "escaped"}))
	for r := 4; r < 44; r++ {
		at := func(column string) string { return fmt.Sprint(column, r) }
		must(f.SetCellStr("Sheet1", at("A"), fmt.Sprintf(" Büro & <%d> ", r)))
		must(f.SetCellFloat("Sheet1", at("B"), float64(r)/3, -1, 64))
		must(f.SetCellInt("Sheet1", at("C"), 6012345678901234567+int64(r)))
		must(f.SetCellBool("Sheet1", at("D"), r%2 == 0))
		must(f.SetCellValue("Sheet1", at("E"), time.Date(2026, 5, r%28+1, 8, 30, 0, 0, time.UTC)))
		must(f.SetCellValue("Sheet1", at("F"), time.Duration(r)*time.Minute))
		must(f.SetCellRichText("Sheet1", at("G"), []excelize.RichTextRun{{Text: "Main "}, {Text: "Office", Font: &excelize.Font{Bold: true}}}))
		must(f.SetCellStr("Sheet1", at("H"), "a\r\nb _x0041_ \U0001F3E2"))
	}
	path := filepath.Join(t.TempDir(), "excelize.xlsx")
	must(f.SaveAs(path))
	return path
}
