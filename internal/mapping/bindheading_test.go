package mapping

import (
	"errors"
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func TestKnown(t *testing.T) {
	m := mustNew(t, Options{})
	for heading, want := range map[string]string{
		"Office\nName *": "name", "RING_SECONDS": "ring_seconds", "billing_address.address_line_1": "billing_address.address_line_1",
		"Zip Code:": "billing_address.postal_code", " Country\u00a0": "country", "State / Province": "billing_address.region",
		"HouseNumber": "house_number", "Mon open": "monday_open", "sunday_close": "sunday_close", "Opening Hours": "hours",
		"import_status": "ignore", "e911_address.address": "e911_address.address", "Ｎａｍｅ": "name",
	} {
		if in := m.inputOf(heading); in == nil || in.Name != want || !m.Known(heading) {
			t.Errorf("%q: got %v, want %s", heading, in, want)
		}
	}
	for _, heading := range []string{"", "Notes", "***", "Status"} {
		if m.Known(heading) {
			t.Errorf("%q is known", heading)
		}
	}
}

func TestRequiredHeading(t *testing.T) {
	m := mustNew(t, Options{Defaults: map[string]string{"currency": "USD"}})
	for heading, want := range map[string]bool{"name": true, "Zip": true, "currency": false, "ring_seconds": false, "Billing country": false, "Notes": false} {
		if got := m.RequiredHeading(heading); got != want {
			t.Errorf("%q: got %t", heading, got)
		}
	}
}

// complaints are the problems of a file whose headings can't be used.
func complaints(t *testing.T, o Options, headings ...string) []office.Problem {
	t.Helper()
	_, err := mustNew(t, o).Bind(mappingtest.SheetOf(headings...))
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*office.InputError](err)
	if !ok {
		t.Fatalf("not an InputError: %v", err)
	}
	return e.Problems
}

func TestBindProblems(t *testing.T) {
	tests := map[string]struct {
		headings []string
		want     string // "kind column field"
		says     string
	}{
		"same":         {[]string{"City", "ring_seconds", "Ring  Seconds "}, "duplicate_header Ring  Seconds  ring_seconds", "ignore"},
		"alias":        {[]string{"City", "Town"}, "duplicate_header Town billing_address.city", "so does \"City\" in column A"},
		"week and day": {[]string{"hours", "Tuesday"}, "duplicate_header Tuesday tuesday_hours", "hours"},
		"pair and day": {[]string{"tuesday_open", "Tuesday"}, "duplicate_header Tuesday tuesday_hours", "tuesday_hours"},
		"street":       {[]string{"StreetName", "Address"}, "duplicate_header Address billing_address.address_line_1", ""},
		"slip":         {[]string{"mainline_nuber"}, "unknown_header mainline_nuber ", `did you mean "mainline_number"?`},
		"swap":         {[]string{"Timezoen"}, "unknown_header Timezoen ", `did you mean "timezone"?`},
	}
	for name, tt := range tests {
		problems := complaints(t, Options{Defaults: mappingtest.CompleteDefaults()}, tt.headings...)
		if len(problems) != 1 {
			t.Errorf("%s: got %v", name, problems)
			continue
		}
		p := problems[0]
		if got := string(p.Kind) + " " + p.Column + " " + p.Field; got != tt.want || !strings.Contains(p.String(), tt.says) || p.Row != 1 {
			t.Errorf("%s: got %q: %s, want %q", name, got, p, tt.want)
		}
	}
}

func TestBindFindsAll(t *testing.T) {
	problems := complaints(t, Options{}, "name", "Name ", "Contry", "billing_address.city")
	if got := mappingtest.Kinds(problems); got != "name duplicate_header; unknown_header; currency missing_column; plan_period missing_column; unified_billing missing_column; "+
		"invoiced missing_column; annual_commit_monthly_billing missing_column; billing_address.address_line_1 missing_column; "+
		"billing_address.region missing_column; billing_address.postal_code missing_column" {
		t.Errorf("got %s", got)
	}
	for _, p := range problems {
		if p.Kind == MissingColumn && !strings.Contains(p.Suggestion, "--default "+p.Field+"=") {
			t.Errorf("no words to type: %s", p)
		}
	}
}

func TestBindWarnings(t *testing.T) {
	s := mappingtest.SheetOf("City", "Notes", "import_problems", "", "Zip")
	s.Columns[4].Hidden = true
	p := mustBind(t, mustNew(t, Options{Defaults: mappingtest.CompleteDefaults()}), s)
	if got := mappingtest.Kinds(p.Warnings()); got != "unused_column; hidden_column" || p.Warnings()[0].Column != "Notes" {
		t.Errorf("got %v", p.Warnings())
	}
	var inputs []string
	for _, c := range p.Columns() {
		inputs = append(inputs, c.Input)
	}
	if got := strings.Join(inputs, "|"); got != "billing_address.city||ignore||billing_address.postal_code" {
		t.Errorf("columns: %s", got)
	}
}

func TestStreetParts(t *testing.T) {
	headings := []string{"StreetName", "HouseNumber", "PostDirectional", "PreDirectional", "StreetSuffix"}
	r := mapRow(t, Options{Defaults: mappingtest.CompleteDefaults()}, headings, mappingtest.Text("Nevada"), mappingtest.Text("1205 1/2"), sheet.Cell{}, mappingtest.Text("W"), mappingtest.Text("St"))
	if got := r.Office.BillingAddress.AddressLine1; got != "1205 1/2 W Nevada St" {
		t.Errorf("got %q", got)
	}
	if got := mappingtest.Readings(r, ruleStreet); got != "billing_address.address_line_1=1205 1/2 W Nevada St" {
		t.Errorf("got %q", got)
	}
	r = mapRow(t, Options{Defaults: mappingtest.CompleteDefaults()}, []string{"StreetName", "HouseNumberSuffix", "HouseNumber"}, mappingtest.Text("Main St"), mappingtest.Text("1/2"), mappingtest.Text("12"))
	if got := r.Office.BillingAddress.AddressLine1; got != "12 1/2 Main St" {
		t.Errorf("got %q", got)
	}
	if problems := complaints(t, Options{}, "HouseNumber"); !strings.Contains(mappingtest.Kinds(problems), "billing_address.address_line_1 missing_column") {
		t.Errorf("a number alone is not a street: %v", problems)
	}
}
