// Package reporttest has helpers and data for the tests of the report packages.
package reporttest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
)

// AllVariable names an environment variable. If it is set, tests fail instead of being skipped when the machine lacks
// what they need.
const AllVariable = "IMPORTER_TEST_ALL"

var update = flag.Bool("update", false, "write the golden files")

// Results returns a row for each outcome.
func Results(t testing.TB) []office.Result {
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

// Golden compares a text with the golden file testdata/name, or writes the file if the test has the flag -update.
func Golden(t *testing.T, name, got string) {
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

// CantBeReplaced creates a folder that keeps a file from being renamed to path.
func CantBeReplaced(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
}

// WantFolder compares the files of a folder, by name, with their wanted contents.
func WantFolder(t *testing.T, folder string, want map[string]string) {
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
