package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

var update = flag.Bool("update", false, "write the golden files")

// results are a row of each outcome.
func results(t testing.TB) []office.Result {
	at := time.Date(2026, 11, 3, 14, 5, 9, 0, time.UTC)
	ready := office.Request{Row: 2, Key: "a & b/US", Office: office.Office{Name: "A & B", Country: "US"},
		Warnings: []office.Problem{{Row: 2, Field: "currency", Kind: "odd_currency", Message: "EUR is unusual for US", Suggestion: "usual is USD"}},
		Readings: []office.Reading{{Field: "monday_hours", Column: "Monday", Value: "8am-6pm", Read: "08:00-18:00", Rule: "hours"},
			{Field: "invoiced", Column: "Invoice", Value: "x", Read: "true", Rule: "boolean"}}}
	if err := ready.Seal(); err != nil {
		t.Fatal(err)
	}
	sent := office.Record{Key: "b/US", Name: "=B", Country: "US", Attempts: 1, HTTPStatus: 200, OfficeID: "5068549373853696", SentAt: at, SettledAt: at.Add(time.Second), Words: "ok",
		Differs: []office.Difference{{Field: "timezone", Sent: `"US/Eastern"`, Stored: `"UTC"`}}}
	row := func(n int, name string) office.Request {
		return office.Request{Row: n, Key: office.Key(name + "/US"), Office: office.Office{Name: name, Country: "US"}}
	}
	invalid := row(5, "+14155550100")
	invalid.Problems = []office.Problem{{Row: 5, Field: "billing_address.postal_code", Column: "Zip", Kind: "bad_zip", Value: "4101", Message: `"4101" has 4 digits, a US zip has 5`, Suggestion: "was a leading zero lost?"},
		{Row: 5, Field: "billing_address.region", Kind: office.Missing, Message: "is empty", Suggestion: "every office needs it"}}
	return []office.Result{
		{Request: ready, Outcome: office.Ready},
		{Request: row(3, "=B"), Record: sent, Outcome: office.Created},
		{Request: row(4, "Ünï, \"quoted\"\nline"), Record: office.Record{OfficeID: "7"}, Outcome: office.Exists},
		{Request: invalid, Outcome: office.Invalid},
		{Request: row(6, "F"), Record: office.Record{Attempts: 1, HTTPStatus: 400, Words: "country is not supported", SentAt: at, SettledAt: at}, Outcome: office.Refused},
		{Record: office.Record{Key: "left/US", Row: 7, Name: "Left", Country: "US", Attempts: 2, Words: "no answer in time", Candidates: []string{"8", "9"}, SentAt: at}, Outcome: office.Unknown},
		{Request: row(8, "H"), Outcome: office.Pending},
	}
}

func writeReport(t testing.TB, path string, results []office.Result) string {
	t.Helper()
	w, err := Create(path)
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

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s:\n%s", name, diff)
	}
}

func TestReports(t *testing.T) {
	for _, name := range []string{"report.csv", "report.jsonl"} {
		golden(t, name, writeReport(t, filepath.Join(t.TempDir(), name), results(t)))
	}
}

func TestJSONLinesHaveTheExactBody(t *testing.T) {
	all := results(t)
	line, _, _ := strings.Cut(writeReport(t, filepath.Join(t.TempDir(), "r.JSONL"), all), "\n")
	var row jsonRow
	if err := json.Unmarshal([]byte(line), &row); err != nil || !bytes.Equal(row.Request, all[0].Request.Body) {
		t.Errorf("body is %s (%v), want %s", row.Request, err, all[0].Request.Body)
	}
}

func TestCSVInManyBatches(t *testing.T) {
	var many []office.Result
	for range csvBatch*2 + 1 {
		many = append(many, results(t)...)
	}
	text := writeReport(t, filepath.Join(t.TempDir(), "r.csv"), many)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark))).ReadAll()
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

func TestCreateKnowsEndings(t *testing.T) {
	if _, err := Create(filepath.Join(t.TempDir(), "r.pdf")); err == nil || !strings.Contains(err.Error(), ".csv, .html, .jsonl or .xlsx") {
		t.Errorf("got %v", err)
	}
	folder := filepath.Join(t.TempDir(), "r.csv")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(folder); err == nil {
		t.Error("a folder was taken for a report")
	}
}

func TestAbortLeavesTheOldReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.csv")
	old := writeReport(t, path, results(t))
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(results(t)[0]), w.Abort()); err != nil {
		t.Fatal(err)
	}
	wantFolder(t, filepath.Dir(path), map[string]string{"r.csv": old})
}

func TestReportThatIsOpenElsewhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.report.csv")
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	cantBeReplaced(t, path)
	if err := w.Close(new(Summary)); err != nil || filepath.Base(w.Path()) != "r.report-2.csv" {
		t.Errorf("report is at %s (%v)", w.Path(), err)
	}
}

func TestReportThatCantBeNamed(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx", ".html", ".jsonl"} {
		folder := t.TempDir()
		path := filepath.Join(folder, "r"+ending)
		w, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{path}
		for n := 2; n <= 9; n++ {
			names = append(names, atomicfile.Numbered(path, n))
		}
		for _, name := range names {
			cantBeReplaced(t, name)
		}
		if err := w.Close(new(Summary)); err == nil {
			t.Errorf("%s: no error", ending)
		}
		for _, name := range names {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
		wantFolder(t, folder, map[string]string{})
	}
}

// cantBeReplaced puts a folder where a file is to be, which no rename replaces.
func cantBeReplaced(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
}

func wantFolder(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range entries {
		text, _ := os.ReadFile(filepath.Join(folder, e.Name()))
		got[e.Name()] = string(text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
