package xlsx

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/sheet"
)

// wideWorkbook writes a workbook of shared texts, numbers and times.
func wideWorkbook(tb testing.TB, rows, columns int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	clock, err := f.NewStyle(&excelize.Style{NumFmt: 20})
	if err != nil {
		tb.Fatal(err)
	}
	cells := make([]any, columns)
	for r := 1; r <= rows; r++ {
		for c := range cells {
			switch {
			case r == 1:
				cells[c] = fmt.Sprintf("heading %d", c)
			case c%5 == 3:
				cells[c] = r * c
			case c%5 == 4:
				cells[c] = excelize.Cell{StyleID: clock, Value: 0.375}
			default:
				cells[c] = fmt.Sprintf("text %d of row %d", c, r%97)
			}
		}
		at, _ := excelize.CoordinatesToCellName(1, r)
		if err := stream.SetRow(at, cells); err != nil {
			tb.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "wide.xlsx")
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkWorkbook compares reading 20,000 rows of 40 columns with excelize's streaming, which only gives strings.
func BenchmarkWorkbook(b *testing.B) {
	path := wideWorkbook(b, 20_000, 40)
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if n := countRows(b, path); n != 19_999 {
				b.Fatalf("%d rows", n)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if n := countWithExcelize(b, path); n != 20_000 {
				b.Fatalf("%d rows", n)
			}
		}
	})
}

func countRows(tb testing.TB, path string) (n int) {
	s, err := openPath(path, sheet.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	defer s.Close()
	for _, err := range s.Rows() {
		if err != nil {
			tb.Fatal(err)
		}
		n++
	}
	return n
}

func countWithExcelize(tb testing.TB, path string) (n int) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			tb.Fatal(err)
		}
		n++
	}
	return n
}
