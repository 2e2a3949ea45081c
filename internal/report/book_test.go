package report

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// writeBook writes a workbook report, and opens it.
func writeBook(t testing.TB, s *Summary, results []office.Result) *excelize.File {
	t.Helper()
	w, err := Create(filepath.Join(t.TempDir(), "r.xlsx"))
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

// column is what stands in a column of a sheet.
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

// The results say what the CSV report says, in the same columns.
func TestBookHasTheResultsOfTheCSV(t *testing.T) {
	file := writeBook(t, &Summary{File: "offices.csv"}, results(t))
	if got := file.GetSheetList(); !slices.Equal(got, []string{"Summary", "Results"}) {
		t.Errorf("sheets are %q", got)
	}
	text := writeReport(t, filepath.Join(t.TempDir(), "r.csv"), results(t))
	want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, record := range want {
		for j := range record {
			record[j] = strings.TrimPrefix(record[j], "'") // in a workbook a text is a text
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

func TestBookIsEasyToRead(t *testing.T) {
	file := writeBook(t, &Summary{File: "offices.csv"}, results(t))
	paints := map[string]bool{}
	for row := range results(t) {
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
	if len(paints) != len(results(t)) {
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

func TestBookSummary(t *testing.T) {
	s := testSummary(t)
	s.Sheet, s.SHA256, s.Verb, s.Rate = "", "ab12", "run", 1200
	s.Notes = []string{"=1+1 is a note"}
	w, err := Create(filepath.Join(t.TempDir(), "r.xlsx"))
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
	golden(t, "summary_sheet.txt", text.String())
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

// Whatever stands in a file, a report has it as text. LibreOffice tells.
func TestReportsRunNothing(t *testing.T) {
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
	for _, path := range paths {
		w, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		s := &Summary{File: "=1+1", Company: "=1+1", Plan: "=1+1", Notes: []string{"=1+1"}, Next: []string{"=1+1"}, Stopped: "=1+1"}
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

// A row's texts come back as they went in, however many there are.
func TestBookRowsAreKept(t *testing.T) {
	rows, err := newBookRows()
	if err != nil {
		t.Fatal(err)
	}
	var want []*bookRow
	for range 300 {
		for _, r := range results(t) {
			want = append(want, newBookRow(&r))
			if err := rows.add(want[len(want)-1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		var got []*bookRow
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
