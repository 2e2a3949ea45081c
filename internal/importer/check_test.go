package importer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// write writes a file of these lines, in a new folder.
func write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// requiredDefaults are the required fields that the files of these tests don't have.
var requiredDefaults = map[string]string{"country": "US", "currency": "USD", "plan_period": "monthly", "unified_billing": "no", "invoiced": "yes",
	"annual_commit_monthly_billing": "no", "billing_address.country": "US", "use_same_address": "yes"}

// If two rows have one name, told apart by a key column, and there is one such
// office, nobody can tell which row it is. A check with a list of offices says so in
// its first pass.
func TestCheckCountsNamesBeforeItLists(t *testing.T) {
	path := write(t, "offices.csv", "Code,"+forecastHeading, "1,"+forecastLine("Boston", 1), "2,"+forecastLine("Boston", 2))
	if err := os.WriteFile(MappingPath(path), []byte("key: Code\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := simulator.New(simulator.Config{Offices: []simulator.Office{{Name: "Boston", Country: "us"}}})
	if err := server.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	to, err := ParseServer(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, Input{Defaults: requiredDefaults})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := f.Check(t.Context(), Options{Target: Target{Server: to, Key: Key("secret"), State: t.TempDir()}, Reports: []Report{}})
	if err != nil || s.Count(office.Invalid) != 2 || s.Count(office.Exists) != 0 {
		t.Errorf("%d invalid, %d exist: %v", s.Count(office.Invalid), s.Count(office.Exists), err)
	}
}

// People may edit a workbook while it is imported. The report has the sheet as it was
// read.
func TestWorkbookReportIsOfWhatWasRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "offices.xlsx")
	save := func(name string) {
		book := excelize.NewFile()
		defer book.Close()
		for i, line := range []string{forecastHeading, forecastLine(name, 1)} {
			cells := strings.Split(line, ",")
			if err := book.SetSheetRow("Sheet1", []string{"A1", "A2"}[i], &cells); err != nil {
				t.Fatal(err)
			}
		}
		if err := book.SaveAs(path); err != nil {
			t.Fatal(err)
		}
	}
	save("Boston")
	f, err := Open(path, Input{Defaults: requiredDefaults})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, edit := range []func(){func() { save("Quincy") }, func() { _ = os.Remove(path) }} {
		edit()
		s, err := f.Check(t.Context(), Options{Target: Target{State: t.TempDir()}})
		if err != nil || len(s.Reports) != 2 {
			t.Fatalf("reports %q, notes %q: %v", s.Reports, s.Notes, err)
		}
		book, err := excelize.OpenFile(s.Reports[1])
		if err != nil {
			t.Fatal(err)
		}
		if cell, err := book.GetCellValue("Sheet1", "A2"); err != nil || cell != "Boston" || !slices.Contains(book.GetSheetList(), "Summary") {
			t.Errorf("sheets %q, the office is %q: %v", book.GetSheetList(), cell, err)
		}
		_ = book.Close()
	}
}
