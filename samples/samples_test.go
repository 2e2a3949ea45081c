// Package samples tests that the sample files are what README.md says.
package samples

import (
	"bytes"
	"testing"

	"officeimporter/internal/mapping"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

// check reads a sample as the program does. mappingFile may be empty.
func check(t *testing.T, path, mappingFile string) []*office.Request {
	t.Helper()
	plan := bind(t, path, mappingFile)
	if w := plan.Warnings(); len(w) > 0 {
		t.Errorf("%s: warnings: %v", path, w)
	}
	var requests []*office.Request
	for r, err := range plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, r)
	}
	return requests
}

func bind(t *testing.T, path, mappingFile string) *mapping.Plan {
	t.Helper()
	plan, err := tryBind(t, path, mappingFile)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func tryBind(t *testing.T, path, mappingFile string) (*mapping.Plan, error) {
	t.Helper()
	m := newMapping(t, mappingFile)
	sheet, err := parse.Open(path, sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { sheet.Close() })
	return m.Bind(sheet)
}

func newMapping(t *testing.T, file string) *mapping.Mapping {
	t.Helper()
	var o mapping.Options
	if file != "" {
		f, err := headings.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		o.File = f
	}
	m, err := mapping.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func wantFlawless(t *testing.T, requests []*office.Request) {
	t.Helper()
	for _, r := range requests {
		for _, p := range append(r.Problems, r.Warnings...) {
			t.Errorf("row %d (%s): %s: %s", r.Row, r.Office.Name, p.Kind, p)
		}
	}
}

func TestOffices(t *testing.T) {
	fromCSV := check(t, "offices.csv", "")
	wantFlawless(t, fromCSV)
	if len(fromCSV) < 40 {
		t.Errorf("%d offices, want at least 40", len(fromCSV))
	}
	for _, country := range office.Countries {
		if office.E911Required(country) && !hasCountry(fromCSV, country) {
			t.Errorf("no office in %s, which has rules of its own", country)
		}
	}
}

func hasCountry(requests []*office.Request, country string) bool {
	for _, r := range requests {
		if r.Office.Country == country {
			return true
		}
	}
	return false
}

// The workbook has the same content, byte for byte.
func TestOfficesWorkbook(t *testing.T) {
	fromCSV, fromXLSX := check(t, "offices.csv", ""), check(t, "offices.xlsx", "")
	wantFlawless(t, fromXLSX)
	if len(fromCSV) != len(fromXLSX) {
		t.Fatalf("%d rows in the CSV, %d in the workbook", len(fromCSV), len(fromXLSX))
	}
	for i := range fromCSV {
		if !bytes.Equal(fromCSV[i].Body, fromXLSX[i].Body) {
			t.Errorf("row %d differs:\n%s\n%s", fromXLSX[i].Row, fromCSV[i].Body, fromXLSX[i].Body)
		}
	}
}
