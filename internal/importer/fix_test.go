package importer

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/fix"
	"officeimporter/internal/mapping"
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
)

// requestsOf maps a file. It returns nil if the file can't be opened.
func requestsOf(t *testing.T, file string) (*File, []*office.Request) {
	t.Helper()
	j, err := Open(file, Input{})
	if err != nil {
		return nil, nil
	}
	t.Cleanup(func() { _ = j.Close() })
	var all []*office.Request
	for r, err := range j.plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return j, all
}

// fixOf writes a fix file with all rows, and returns its path.
func fixOf(t *testing.T, j *File, requests []*office.Request) string {
	t.Helper()
	var out bytes.Buffer
	x, err := fix.NewExcerpt(j.sheet, &out)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range requests {
		if err := x.Add(fix.RowNoteOf(office.Result{Request: *r, Outcome: office.Invalid}, j.sheet.Unit)); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(fix.PathOf("x", j.sheet)))
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// meaning returns what a request says: its key, its body and the kinds of its problems.
func meaning(r *office.Request) string {
	kinds := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		if p.Kind == cell.FormulaNoValue { // a fix file has the error word in place of such a formula
			p.Kind = cell.ErrorCell
		}
		kinds[i] = p.Field + " " + string(p.Kind)
	}
	body, err := office.Body(&r.Office)
	return fmt.Sprint(string(r.Key), string(body), err, kinds)
}

// distrusted reports whether a problem is about how a row is stored in its file. In
// the fix file the row may have another such problem, or none.
func distrusted(p office.Problem) bool {
	return p.Column == "" && p.Field == "" || p.Kind == "corrupt_sheet"
}

// wantSame checks that each row of the fix file means the same as in the original.
func wantSame(t *testing.T, file string) (rows int) {
	t.Helper()
	j, before := requestsOf(t, file)
	if j == nil {
		return 0
	}
	fed, after := requestsOf(t, fixOf(t, j, before))
	if fed == nil {
		t.Fatal("the fix file can't be read")
	}
	if len(after) != len(before) {
		t.Fatalf("%d rows of %d", len(after), len(before))
	}
	for i, r := range before {
		if slices.ContainsFunc(r.Problems, distrusted) {
			hidden := slices.ContainsFunc(r.Problems, func(p office.Problem) bool { return p.Kind == mapping.HiddenRow })
			if after[i].Valid() && !hidden {
				t.Errorf("row %d may be sent from the fix file, though it has %v", r.Row, r.Problems)
			}
			continue
		}
		if diff := cmp.Diff(meaning(r), meaning(after[i])); diff != "" {
			t.Errorf("row %d -file +fix file:\n%s", r.Row, diff)
		}
	}
	return len(before)
}

func TestFixFileMeansTheSame(t *testing.T) {
	for _, file := range []string{"../../samples/mistakes.csv", "../../samples/offices.csv", "../../samples/offices.xlsx", workbookOf(t, "../../samples/mistakes.csv")} {
		if rows := wantSame(t, file); rows == 0 {
			t.Errorf("%s has no rows", file)
		}
	}
}

// workbookOf writes a CSV file as a workbook, and returns its path.
func workbookOf(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, record := range records {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &record); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "mistakes.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

const casesDir = "../../../shared/cases"

// The same for all files with known answers, in every format and encoding.
func TestFixFilesOfKnownFilesMeanTheSame(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(casesDir, "case*"))
	if err != nil || len(files) == 0 {
		t.Skip("the files with known answers aren't at hand")
	}
	rows := 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { rows += wantSame(t, file) })
	}
	if rows < 200 {
		t.Errorf("only %d rows were compared", rows)
	}
}

// Our files defuse a cell that a spreadsheet program would run as a formula.
func TestKnownDefusedCells(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(casesDir, "EXPECTED.tsv"))
	if err != nil {
		t.Skip("the files with known answers aren't at hand")
	}
	checked := 0
	for line := range strings.Lines(string(content)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		field, ok := strings.CutPrefix(f[4], "report:")
		if !ok {
			continue
		}
		checked++
		j, requests := requestsOf(t, filepath.Join(casesDir, f[1]))
		written, err := os.ReadFile(fixOf(t, j, requests))
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(written)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		row := slices.IndexFunc(requests, func(r *office.Request) bool { return fmt.Sprint(r.Row) == f[3] })
		if got := records[1+row][slices.Index(records[0], field)]; got != f[5] {
			t.Errorf("row %s, %s is %q, want %q", f[3], field, got, f[5])
		}
	}
	if checked < 5 {
		t.Errorf("only %d cells were checked", checked)
	}
}

func TestStemOfFixFiles(t *testing.T) {
	for file, want := range map[string]string{
		"a/x.csv": "a/x", "a/x.fix.csv": "a/x", "x.fix-2.xlsx": "x", "x.fix": "x", "x.fix-2b.csv": "x.fix-2b", "prefix.csv": "prefix",
	} {
		if got := Stem(file); got != want {
			t.Errorf("stem of %s is %s, want %s", file, got, want)
		}
	}
}
