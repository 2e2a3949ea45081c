package mapping

import (
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func TestFileIsUsed(t *testing.T) {
	o := Options{File: fileOf(t, mappingtest.SampleFile), Defaults: mappingtest.CompleteDefaults()}
	delete(o.Defaults, "name")
	delete(o.Defaults, "country")
	o.Defaults["plan_period"] = "yearly"
	headings := []string{"SITE-NAME", "Land", "Notes", "Store Code", "Zip"}
	r := mapRow(t, o, headings, mappingtest.Text("Oslo"), mappingtest.Text("DEUTSCHLAND  ost"), mappingtest.Text("x"), mappingtest.Number("17", "000"), mappingtest.Text("Unbekannt"))
	got := r.Office
	if got.Name != "Oslo" || got.Country != "DE" || got.PlanPeriod != "yearly" || got.BillingAddress.PostalCode != "01067" || r.Key != "#017" {
		t.Errorf("got %+v, key %s", got, r.Key)
	}
	if got := mappingtest.Readings(r, ruleMeaning); got != "country=DE; billing_address.postal_code=01067" {
		t.Errorf("readings: %s", got)
	}
	if got := mappingtest.Readings(r, ruleDefault); !strings.Contains(got, "plan_period=yearly; unified_billing=false") {
		t.Errorf("readings: %s", got)
	}
	r = mapRow(t, o, headings, mappingtest.Text("Oslo"), mappingtest.Text("NO"), sheet.Cell{}, sheet.Cell{}, mappingtest.Text("0150"))
	if got := mappingtest.Kinds(r.Problems); !strings.Contains(got, "missing_key") || r.Key != "" {
		t.Errorf("got %s, key %q", got, r.Key)
	}
}

func TestFileNamesMissingColumns(t *testing.T) {
	f := fileOf(t, "columns: {Site Nmae: name, Old notes: ignore}\nkey: Sotre code\n")
	problems := complaints(t, Options{File: f, Defaults: mappingtest.CompleteDefaults()}, "Site Name", "Store code")
	if got := mappingtest.Kinds(problems); got != "name missing_column; missing_column" || !strings.Contains(problems[0].String(), `did you mean "Site Name"?`) ||
		!strings.Contains(problems[1].String(), `did you mean "Store code"?`) {
		t.Errorf("got %v", problems)
	}
	f = fileOf(t, "columns: {Old notes: ignore}\n")
	p := mustBind(t, mustNew(t, Options{File: f, Defaults: mappingtest.CompleteDefaults()}), mappingtest.SheetOf("name"))
	if got := mappingtest.Kinds(p.Warnings()); got != "unused_mapping" {
		t.Errorf("got %s", got)
	}
}

func TestFileWinsOverHeadings(t *testing.T) {
	f := fileOf(t, "columns: {Name: billing_contact.name, Suiet: ignore}\n")
	r := mapRow(t, Options{File: f, Defaults: mappingtest.CompleteDefaults()}, []string{"Name", "Suiet"}, mappingtest.Text("Jo"), mappingtest.Text("x"))
	if r.Office.BillingContact.Name != "Jo" || r.Office.Name != "Boston Harbor" {
		t.Errorf("got %+v", r.Office)
	}
}

func TestNewErrors(t *testing.T) {
	_, err := New(Options{Defaults: map[string]string{"ring_second": "30", "ring_seconds": "90", "currency": "DEM", "name": " "}, Accept: []office.ProblemKind{"bad_time", HiddenRow}})
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	for _, want := range []string{`default for currency: "DEM" is not a valid value`, "default for name: is empty", `default "ring_second" names no field; did you mean ring_seconds?`,
		"default for ring_seconds: 90 is out of range", `"bad_time" can't be accepted`} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, want) }) {
			t.Errorf("no %q in %q", want, lines)
		}
	}
	if len(lines) != 5 {
		t.Errorf("got %q", lines)
	}
}
