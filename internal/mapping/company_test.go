package mapping

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func TestCompanyCells(t *testing.T) {
	tests := map[string]struct {
		cell     sheet.Cell
		given    string // --company
		want     string
		problems string
	}{
		"text":             {mappingtest.Text("5104567890123456789"), "", "5104567890123456789", ""},
		"all digits stay":  {mappingtest.Text("007"), "", "007", ""},
		"white space":      {mappingtest.Text(" 42 "), "", "42", ""},
		"short number":     {mappingtest.Number("42", ""), "", "42", ""},
		"shown otherwise":  {mappingtest.Number("1234567", "#,##0"), "", "1234567", ""},
		"rounded number":   {mappingtest.Number("5104567890123450", ""), "", "", "company_id precision_lost"},
		"rounded by a CSV": {mappingtest.Text("5104567890120000"), "", "", "company_id precision_lost"},
		"scientific":       {mappingtest.Text("5.10457E+15"), "", "", "company_id precision_lost"},
		"too long":         {mappingtest.Text("51045678901234567890"), "", "", "company_id bad_company_id"},
		"words":            {mappingtest.Text("Berlin"), "", "", "company_id bad_company_id"},
		"negative":         {mappingtest.Number("-42", ""), "", "", "company_id bad_company_id"},
		"fraction":         {mappingtest.Number("4.2", ""), "", "", "company_id not_integer"},
		"error":            {sheet.Cell{Kind: sheet.Error, Raw: "#N/A"}, "", "", "company_id error_cell"},
		"blank":            {sheet.Cell{}, "", "", "company_id missing_company"},
		"blank with one":   {sheet.Cell{}, "77", "77", ""},
		"its own goes on":  {mappingtest.Text("42"), "77", "42", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := mapRow(t, Options{Defaults: mappingtest.CompleteDefaults(), Company: test.given}, []string{"DP-Company-ID"}, test.cell)
			if got := mappingtest.Kinds(r.Problems); r.Company != test.want || got != test.problems {
				t.Errorf("company %q, problems %q; want %q, %q", r.Company, got, test.want, test.problems)
			}
			key := office.Key("")
			if test.want != "" {
				key = office.Key(test.want + ":boston harbor/US")
			}
			if r.Key != key || r.Valid() == (key == "") {
				t.Errorf("key %q, valid %v; want key %q", r.Key, r.Valid(), key)
			}
			if strings.Contains(string(r.Body), "company") {
				t.Errorf("the company is in the body: %s", r.Body)
			}
		})
	}
}

func TestCompanyInMappingFile(t *testing.T) {
	o := withoutName()
	o.File = fileOf(t, "columns:\n  Mandant: company_id\ndefaults:\n  company_id: 9\nvalues:\n  company_id: {Berlin: 42}\n")
	p := planOf(t, o, "Mandant,name", "Berlin,a", ",b", "17,c")
	var got []string
	for _, r := range all(t, p) {
		got = append(got, r.Company)
	}
	if want := []string{"42", "9", "17"}; !slices.Equal(got, want) || !slices.Equal(survey(t, p).Companies(), want) {
		t.Errorf("companies %v of rows, want %v", got, want)
	}
	for _, wrong := range []string{"x1", "1.5", "5E15", "12345678901234567890"} {
		if _, err := New(Options{Company: wrong}); err == nil || !strings.HasPrefix(err.Error(), "company: ") {
			t.Errorf("%s as company: %v", wrong, err)
		}
	}
}

// Two companies may have offices of the same name, and the plan's id depends on which company gets which request.
func TestSharesOfCompanies(t *testing.T) {
	lines := []string{"company_id,name", "2,Boston", "1,Boston", ",Boston", "2,Oslo", "1,Boston"}
	p := planOf(t, withoutName(), lines...)
	requests, rows := all(t, p), survey(t, p)
	if got := mappingtest.Kinds(requests[4].Problems) + "|" + mappingtest.Kinds(requests[2].Problems); got != "duplicate_row|company_id missing_company" || !requests[1].Valid() {
		t.Errorf("problems %s; row 3: %v", got, requests[1].Problems)
	}
	if got := rows.Companies(); !slices.Equal(got, []string{"2", "1"}) || !p.PerCompany() {
		t.Errorf("companies %v", got)
	}
	boston := office.NameOf("Boston", "US")
	if rows.Of("1").SameName(boston) != 1 || rows.Of("3").SameName(boston) != 0 || !rows.Of("2").Has(office.Key("2:oslo/US").Hash()) {
		t.Error("names are those of a company")
	}
	other := planOf(t, withoutName(), "company_id,name", "1,Boston", "2,Boston", "1,Oslo")
	if rows.PlanID() == survey(t, other).PlanID() {
		t.Error("the company of a body doesn't matter to the plan")
	}
}

// Once all rows have been read, companies may read theirs concurrently.
func TestSharesConcurrently(t *testing.T) {
	lines := []string{"company_id,name"}
	for i := range 5 * batchRows {
		lines = append(lines, []string{"1", "2", "3"}[i%3]+",Office "+strings.Repeat("x", i+1))
	}
	p := planOf(t, withoutName(), lines...)
	rows := survey(t, p)
	var readers sync.WaitGroup
	for i, company := range rows.Companies() {
		readers.Go(func() {
			n := 0
			for r, err := range rows.Only(func(row int) bool { return (row-2)%3 == i }) {
				if err != nil || r.Company != company || !r.Valid() {
					t.Errorf("company %s: row %d of %s, %v, %v", company, r.Row, r.Company, r.Problems, err)
				}
				n++
			}
			if want := 5 * batchRows / 3; n < want || n > want+1 {
				t.Errorf("company %s: %d rows", company, n)
			}
		})
	}
	readers.Wait()
}
