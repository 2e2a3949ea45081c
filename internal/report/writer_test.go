package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report/reporttest"
)

func writeReport(t testing.TB, path string, results []office.Result) string {
	t.Helper()
	w, err := create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(new(Summary)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReports(t *testing.T) {
	for _, name := range []string{"report.csv", "report.jsonl"} {
		reporttest.Golden(t, name, writeReport(t, filepath.Join(t.TempDir(), name), reporttest.Results(t)))
	}
}

func TestJSONLinesHaveTheExactBody(t *testing.T) {
	all := reporttest.Results(t)
	line, _, _ := strings.Cut(writeReport(t, filepath.Join(t.TempDir(), "r.JSONL"), all), "\n")
	var row jsonRow
	if err := json.Unmarshal([]byte(line), &row); err != nil || !bytes.Equal(row.Request, all[0].Request.Body) {
		t.Errorf("body is %s (%v), want %s", row.Request, err, all[0].Request.Body)
	}
}

func TestCSVInManyBatches(t *testing.T) {
	var many []office.Result
	for range csvBatch*2 + 1 {
		many = append(many, reporttest.Results(t)...)
	}
	text := writeReport(t, filepath.Join(t.TempDir(), "r.csv"), many)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, ByteOrderMark))).ReadAll()
	if err != nil || len(records) != 1+len(many) {
		t.Errorf("%d records (%v), want %d", len(records), err, 1+len(many))
	}
	const columns = "row,status,office_id,name,country,problems,warnings,http_status,attempts,sent_at,settled_at,key,company_id"
	if got := strings.Join(records[0], ","); got != columns {
		t.Errorf("columns are %s", got)
	}
}

func TestDefuse(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "A=1": "A=1", "5068549373853696": "5068549373853696", "'x": "'x", "\u00e9": "\u00e9", " ": " ",
		`=HYPERLINK("http://x")`: `'=HYPERLINK("http://x")`, "+14155550100": "'+14155550100", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)",
		"  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\tx": "'\tx", "\rx": "'\rx", "\n=1": "'\n=1",
	} {
		if got := defuse(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

func TestAbortLeavesTheOldReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.csv")
	old := writeReport(t, path, reporttest.Results(t))
	w, err := create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(reporttest.Results(t)[0]), w.Abort()); err != nil {
		t.Fatal(err)
	}
	reporttest.WantFolder(t, filepath.Dir(path), map[string]string{"r.csv": old})
}

func TestReportThatIsOpenElsewhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.report.csv")
	w, err := create(path)
	if err != nil {
		t.Fatal(err)
	}
	reporttest.CantBeReplaced(t, path)
	if err := w.Close(new(Summary)); err != nil || filepath.Base(w.Path()) != "r.report-2.csv" {
		t.Errorf("report is at %s (%v)", w.Path(), err)
	}
}

func TestReportThatCantBeNamed(t *testing.T) {
	for _, ending := range []string{".csv", ".jsonl"} {
		folder := t.TempDir()
		path := filepath.Join(folder, "r"+ending)
		w, err := create(path)
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
		if err := w.Close(new(Summary)); err == nil {
			t.Errorf("%s: no error", ending)
		}
		for _, name := range names {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
		reporttest.WantFolder(t, folder, map[string]string{})
	}
}

func create(path string) (Writer, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(filepath.Ext(path), ".jsonl") {
		return NewJSONLines(f)
	}
	return NewCSV(f)
}
