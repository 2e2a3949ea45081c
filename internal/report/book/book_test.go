package book

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/report/reporttest"
)

// writeWorkbook writes a workbook report, and opens it.
func writeWorkbook(t testing.TB, s *report.Summary, user []byte, results []office.Result) *excelize.File {
	t.Helper()
	w, err := createWorkbook(filepath.Join(t.TempDir(), "r.xlsx"), user)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		s.Add(r)
	}
	s.Read = len(results)
	if err := w.Close(s); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenFile(w.Path(), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// column returns the texts of a column of a sheet.
func column(t *testing.T, file *excelize.File, sheet string, number int) (texts []string) {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) >= number {
			texts = append(texts, row[number-1])
		}
	}
	return texts
}

// The results have the same content and columns as the CSV report.
func TestWorkbookHasTheResultsOfTheCSV(t *testing.T) {
	file := writeWorkbook(t, &report.Summary{File: "offices.csv"}, nil, reporttest.Results(t))
	if got := file.GetSheetList(); !slices.Equal(got, []string{"Summary", "Results"}) {
		t.Errorf("sheets are %q", got)
	}
	text := writeCSV(t, reporttest.Results(t))
	want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, report.ByteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, record := range want {
		for j := range record {
			record[j] = strings.TrimPrefix(record[j], "'") // texts in a workbook need no apostrophe
			ref, _ := excelize.CoordinatesToCellName(j+1, i+1)
			got, err := file.GetCellValue("Results", ref)
			if err != nil {
				t.Fatal(err)
			}
			if record[j] != strings.ReplaceAll(got, "\n", "; ") && record[j] != got {
				t.Errorf("%s is %q, want %q", ref, got, record[j])
			}
		}
	}
	for ref, want := range map[string]excelize.CellType{"A3": excelize.CellTypeUnset, "C3": excelize.CellTypeInlineString, "D3": excelize.CellTypeInlineString, "H3": excelize.CellTypeUnset} {
		if got, err := file.GetCellType("Results", ref); err != nil || got != want {
			t.Errorf("%s has type %d (%v), want %d", ref, got, err, want)
		}
	}
}

func TestWorkbookIsEasyToRead(t *testing.T) {
	file := writeWorkbook(t, &report.Summary{File: "offices.csv"}, nil, reporttest.Results(t))
	paints := map[string]bool{}
	for row := range reporttest.Results(t) {
		number, err := file.GetCellStyle("Results", "B"+string(rune('2'+row)))
		if err != nil {
			t.Fatal(err)
		}
		style, err := file.GetStyle(number)
		if err != nil {
			t.Fatal(err)
		}
		paints[strings.Join(style.Fill.Color, "")] = true
	}
	if len(paints) != len(reporttest.Results(t)) {
		t.Errorf("statuses have the colours %v", paints)
	}
	panes, err := file.GetPanes("Results")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the heading isn't frozen: %+v, %v", panes, err)
	}
	if got := file.GetDefinedName(); len(got) != 2 || got[0].RefersTo != "'Results'!$A$1:$M$8" {
		t.Errorf("filter and titles: %+v", got)
	}
}

func TestWorkbookSummary(t *testing.T) {
	s := manySummary(t)
	s.Sheet, s.SHA256, s.Verb, s.Rate = "", "ab12", "run", 1200
	s.Notes = []string{"=1+1 is a note"}
	w, err := createWorkbook(filepath.Join(t.TempDir(), "r.xlsx"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(s); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenFile(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	rows, err := file.GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, row := range rows {
		text.WriteString(strings.TrimRight(strings.Join(row, " | "), " |") + "\n")
	}
	reporttest.Golden(t, "summary_sheet.txt", text.String())
	if !slices.ContainsFunc(slices.Collect(keysOf(partsOf(file))), func(name string) bool { return strings.HasPrefix(name, "xl/charts/") }) {
		t.Error("there is no chart")
	}
}

func keysOf(parts map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range parts {
			if !yield(name) {
				return
			}
		}
	}
}

// Whatever a file contains, reports have it as text. LibreOffice confirms it.
func TestReportsRunNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	var nasty []office.Result
	for _, text := range []string{"=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", " =1+1", "=HYPERLINK(\"http://x\")", "=cmd|'/c calc'!A1", "\uff1d1+1", "5068549373853696", "1E5", "02134"} {
		r := office.Result{Outcome: office.Refused, Request: office.Request{Row: len(nasty) + 2, Key: office.Key(text), Office: office.Office{Name: text, Country: text}},
			Record: office.Record{OfficeID: text, Words: text, Candidates: []string{text}}}
		r.Request.Problems = []office.Problem{{Field: text, Message: text, Suggestion: text}, {Message: text}}
		r.Request.Warnings = r.Request.Problems[1:]
		nasty = append(nasty, r)
	}
	folder := t.TempDir()
	paths := []string{filepath.Join(folder, "a.csv"), filepath.Join(folder, "b.xlsx")}
	for i, path := range paths {
		w, err := createWorkbook(path, nil)
		if i == 0 {
			w, err = createCSV(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		s := &report.Summary{File: "=1+1", Company: "=1+1", Plan: "=1+1", Notes: []string{"=1+1"}, Next: []string{"=1+1"}, Stopped: "=1+1"}
		for _, r := range nasty {
			s.Add(r)
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(s); err != nil {
			t.Fatal(err)
		}
	}
	opened := openInOffice(t, "fods", paths...)
	for _, name := range []string{"a.fods", "b.fods"} {
		text, err := os.ReadFile(filepath.Join(opened, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "=1+1") {
			t.Errorf("%s: there is no such text", name)
		}
		if strings.Contains(string(text), "table:formula") {
			t.Errorf("%s has a formula", name)
		}
	}
	book, err := os.ReadFile(filepath.Join(opened, "b.fods"))
	if err != nil || !strings.Contains(string(book), "<text:p>5068549373853696</text:p>") {
		t.Errorf("the id is spoilt (%v)", err)
	}
}

func TestWorkbookRowsAreKept(t *testing.T) {
	rows, err := newRowStore()
	if err != nil {
		t.Fatal(err)
	}
	var want []*reportRow
	for range 300 {
		for _, r := range reporttest.Results(t) {
			want = append(want, newReportRow(&r))
			if err := rows.add(want[len(want)-1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		var got []*reportRow
		for row, err := range rows.all() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func createWorkbook(path string, user []byte) (report.Writer, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	if user == nil {
		return New(f, nil)
	}
	return New(f, io.NewSectionReader(bytes.NewReader(user), 0, int64(len(user))))
}

func createCSV(path string) (report.Writer, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	return report.NewCSV(f)
}

// writeCSV is the CSV report of results.
func writeCSV(t *testing.T, results []office.Result) string {
	t.Helper()
	w, err := createCSV(filepath.Join(t.TempDir(), "r.csv"))
	for _, r := range results {
		if err == nil {
			err = w.Write(r)
		}
	}
	if err == nil {
		err = w.Close(new(report.Summary))
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// If the workbook can't get its name, nothing is left behind.
func TestWorkbookThatCantBeNamed(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "r.xlsx")
	w, err := createWorkbook(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{path}
	for n := 2; n <= 9; n++ {
		names = append(names, atomicfile.Numbered(path, n))
	}
	for _, name := range names {
		reporttest.CantBeReplaced(t, name)
	}
	if err := w.Close(new(report.Summary)); err == nil {
		t.Error("no error")
	}
	for _, name := range names {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	reporttest.WantFolder(t, folder, map[string]string{})
}

// manySummary has groups of problems with many rows.
func manySummary(t *testing.T) *report.Summary {
	s := &report.Summary{File: "offices.xlsx", Sheet: "Sites", Server: "sandbox", Plan: "3f9a-c21b-77e0", Journal: "offices.sandbox.journal",
		Reports: []string{"offices.report.csv"}, Stopped: "--first 5", Next: []string{"importer run offices.xlsx --server sandbox"}}
	for _, r := range reporttest.Results(t) {
		s.Add(r)
	}
	for row := range 1204 {
		s.Add(office.Result{Outcome: office.Invalid, Request: office.Request{Row: 100 + row, Problems: []office.Problem{
			{Field: "billing_address.region", Kind: office.Missing, Message: "is empty"},
			{Field: "billing_address.postal_code", Kind: "bad_zip", Message: fmt.Sprintf(`"%d" has 4 digits, a US zip has 5`, row)},
			{Field: "billing_address.postal_code", Kind: "bad_zip", Message: "a second one of the row"}}}})
	}
	s.Read = 1204 + len(reporttest.Results(t))
	return s
}
