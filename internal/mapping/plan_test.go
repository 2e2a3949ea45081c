package mapping

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func all(t testing.TB, p *Plan) []*office.Request {
	t.Helper()
	var requests []*office.Request
	for r, err := range p.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, r)
	}
	return requests
}

func survey(t testing.TB, p *Plan) *Rows {
	t.Helper()
	rows, err := p.Survey()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func planOf(t testing.TB, o Options, lines ...string) *Plan {
	t.Helper()
	m := mustNew(t, o)
	return mustBind(t, m, openText(t, m, lines...))
}

func withoutName() Options {
	o := Options{Defaults: mappingtest.CompleteDefaults()}
	delete(o.Defaults, "name")
	return o
}

func TestRequestsComeInOrder(t *testing.T) {
	lines := []string{"name,city"}
	for i := range 10*batchRows + 7 {
		lines = append(lines, fmt.Sprintf("Office %d,Boston", i))
	}
	p := planOf(t, withoutName(), lines...)
	first := all(t, p)
	for i, r := range first {
		if r.Row != i+2 || r.Office.Name != fmt.Sprintf("Office %d", i) || !r.Valid() || len(r.Body) == 0 {
			t.Fatalf("request %d: row %d, %q, %v", i, r.Row, r.Office.Name, r.Problems)
		}
	}
	if rows := survey(t, p); rows.Len() != len(first) || rows.Valid() != len(first) {
		t.Errorf("%d rows, %d valid", rows.Len(), rows.Valid())
	}
	if second := all(t, p); !reflect.DeepEqual(first, second) {
		t.Error("the second pass differs")
	}
	first[0].Office.Name = "changed"
	if all(t, p)[0].Office.Name != "Office 0" {
		t.Error("a request is shared between passes")
	}
}

func TestRequestsStopEarly(t *testing.T) {
	defer goleak.VerifyNone(t)
	lines := []string{"name,city"}
	for i := range 50 * batchRows {
		lines = append(lines, fmt.Sprintf("Office %d,Boston", i))
	}
	p := planOf(t, withoutName(), lines...)
	for _, stop := range []int{1, batchRows, 3*batchRows + 1} {
		n := 0
		for range p.Requests() {
			if n++; n == stop {
				break
			}
		}
	}
	if got := len(all(t, p)); got != 50*batchRows || survey(t, p).Len() != got {
		t.Errorf("got %d", got)
	}
}

func TestDuplicates(t *testing.T) {
	p := planOf(t, withoutName(), "name,country,currency", "Boston,US,USD", "Lyon,FR,EUR", "BOSTON ,us,USD", "Boston,CA,USD", "Chicago,US,XXX", "chicago,US,USD", ",US,USD", ",US,USD")
	for pass := range 2 {
		requests := all(t, p)
		var got []string
		for _, r := range requests {
			got = append(got, mappingtest.KindsOf(r.Problems, ""))
		}
		if s := strings.Join(got, "|"); s != "||duplicate_row|||duplicate_row||" {
			t.Errorf("pass %d: got %s", pass, s)
		}
		r := requests[2]
		if msg := r.Problems[len(r.Problems)-1].Message; msg != "has the same name and country as line 2" || r.Body != nil || r.Digest != (office.Digest{}) || r.Key != "boston/US" {
			t.Errorf("got %q, body %s", msg, r.Body)
		}
	}
	rows := survey(t, p)
	has := func(key office.Key) bool { return rows.Has(key.Hash()) }
	if !has("boston/US") || !has("chicago/US") || has("oslo/NO") || has("") {
		t.Error("Has must know the rows of the file, valid or not")
	}
	if s := rows.Of(""); s.SameName(office.NameOf("Boston", "US")) != 1 || s.SameName(office.NameOf("chicago", "US")) != 0 || s.SameName("") != 0 {
		t.Error("SameName counts valid rows")
	}
}

func TestPlanID(t *testing.T) {
	id := func(o Options, lines ...string) string {
		return survey(t, planOf(t, o, lines...)).PlanID()
	}
	a := id(withoutName(), "name,city", "Boston,Boston", "Quincy,Quincy")
	if b := id(withoutName(), "city,Office name", "Quincy,Quincy", "Boston,Boston"); a != b {
		t.Errorf("the order of rows and columns matters: %s, %s", a, b)
	}
	if b := id(withoutName(), "name,city", "Boston,Boston", "Quincy,Quincy", ",Salem"); a != b {
		t.Errorf("a row with problems matters: %s, %s", a, b)
	}
	if b := id(withoutName(), "name,city", "Boston,Boston", "Quincy,Braintree"); a == b {
		t.Error("a changed body doesn't matter")
	}
	o := withoutName()
	o.Company = "77"
	if b := id(o, "name,city", "Boston,Boston", "Quincy,Quincy"); a == b {
		t.Error("the company doesn't matter")
	}
}

func TestKeyColumn(t *testing.T) {
	o := withoutName()
	o.File, o.Company = fileOf(t, "key: Store code\n"), "77"
	p := planOf(t, o, "Store code,name", "a1,Boston", "A2,Boston", "a2 ,Quincy", ",Salem")
	requests := all(t, p)
	if requests[0].Key != "77:#a1" || requests[1].Key != "77:#a2" || !requests[1].Valid() {
		t.Errorf("got %s, %s: %v", requests[0].Key, requests[1].Key, requests[1].Problems)
	}
	if got := mappingtest.Kinds(requests[2].Problems) + "|" + mappingtest.Kinds(requests[3].Problems); got != "duplicate_row|missing_key" {
		t.Errorf("got %s", got)
	}
	if requests[2].Problems[0].Column != "Store code" || requests[3].Problems[0].Column != "Store code" {
		t.Errorf("got %v, %v", requests[2].Problems, requests[3].Problems)
	}
	rows := survey(t, p)
	if got := rows.Of("77").SameName(office.NameOf("boston", "US")); got != 2 || !rows.Has(office.Key("77:#a2").Hash()) {
		t.Errorf("%d rows with the name", got)
	}
	if c := p.Columns()[0]; !c.Key || c.Input != "" {
		t.Errorf("got %+v", c)
	}
}

func TestDefaultsAndFallbacks(t *testing.T) {
	o := Options{Defaults: mappingtest.CompleteDefaults()}
	r := mapRow(t, o, []string{"name", "currency"}, mappingtest.Text("Oslo"), sheet.Cell{})
	if !r.Valid() || r.Office.Currency != "USD" || r.Office.BillingAddress.Country != "US" {
		t.Errorf("got %+v: %v", r.Office, r.Problems)
	}
	if got := mappingtest.Readings(r, ruleFallback); got != "billing_address.country=US" {
		t.Errorf("fallbacks: %s", got)
	}
	if got := mappingtest.Readings(r, ruleSame); !strings.Contains(got, "e911_address.zip=02134; e911_address.country=US") {
		t.Errorf("same address: %s", got)
	}
	if got := mappingtest.Readings(r, ruleDefault); !strings.Contains(got, "currency=USD") || strings.Contains(got, "name=") {
		t.Errorf("defaults: %s", got)
	}
	o.Defaults["country"], o.Defaults["billing_address.region"], o.Defaults["billing_address.postal_code"] = "DE", "SN", "01067"
	delete(o.Defaults, "use_same_address")
	if r := mapRow(t, o, []string{"name"}, mappingtest.Text("Dresden")); r.Office.E911Address != (office.E911Address{}) {
		t.Errorf("a fallback began an address: %+v", r.Office.E911Address)
	}
	if r := mapRow(t, o, []string{"E911 city"}, mappingtest.Text("Dresden")); r.Office.E911Address.Country != "DE" {
		t.Errorf("got %+v", r.Office.E911Address)
	}
}

func TestProblemsAreNotDoubled(t *testing.T) {
	r := mapRow(t, Options{Defaults: mappingtest.CompleteDefaults()}, []string{"name", "Zip", "Country", "City"}, mappingtest.Text("Boston"), mappingtest.Text("213"), mappingtest.Text("US"), sheet.Cell{Kind: sheet.Error, Raw: "#N/A"})
	if got := mappingtest.Kinds(r.Problems); got != "billing_address.city error_cell; billing_address.postal_code bad_postal_code" {
		t.Errorf("got %s", got)
	}
	p := r.Problems[1]
	if p.Row != 2 || p.Column != "Zip" || p.Value != "213" || p.Suggestion == "" {
		t.Errorf("got %+v", p)
	}
	if r.Office.Name != "Boston" || r.Body != nil || r.Key != "boston/US" {
		t.Errorf("what can be read must be kept: %+v", r)
	}
	r = mapRow(t, Options{Defaults: mappingtest.CompleteDefaults()}, []string{"ring_seconds"}, mappingtest.Text("90"))
	if p := r.Problems[0]; p.Column != "ring_seconds" || p.Value != "90" || p.Kind != office.OutOfRange {
		t.Errorf("got %+v", p)
	}
}

func TestWholeRows(t *testing.T) {
	p := mustBind(t, mustNew(t, withoutName()), mappingtest.SheetOf("name", "city", "state", "zip", "Address", ""))
	mapRow := func(row sheet.Row) *office.Request {
		r, err := (&draft{plan: p}).mapRow(row)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	full := []sheet.Cell{mappingtest.Text("Boston"), mappingtest.Text("Boston"), mappingtest.Text("MA"), mappingtest.Text("02134"), mappingtest.Text("1 Example Way")}
	ragged := office.Problem{Row: 2, Kind: "ragged_row", Message: "has 7 fields"}
	if r := mapRow(sheet.Row{Number: 2, Cells: full[:1], Problems: []office.Problem{ragged}}); mappingtest.Kinds(r.Problems) != "ragged_row" {
		t.Errorf("got %v", r.Problems)
	}
	if r := mapRow(sheet.Row{Number: 2, Cells: full, Hidden: true}); mappingtest.Kinds(r.Problems) != "hidden_row" || r.Body != nil {
		t.Errorf("got %v", r.Problems)
	}
	if r := mapRow(sheet.Row{Number: 2, Cells: full, Warnings: []office.Problem{{Kind: "short_row"}}}); mappingtest.Kinds(r.Warnings) != "short_row" || !r.Valid() {
		t.Errorf("got %v, %v", r.Warnings, r.Problems)
	}
	extra := append(append([]sheet.Cell{}, full...), mappingtest.Text("note"))
	if r := mapRow(sheet.Row{Number: 2, Cells: extra}); mappingtest.Kinds(r.Warnings) != "data_without_header" || r.Warnings[0].Column != "col F" || r.Warnings[0].Row != 2 {
		t.Errorf("got %v", r.Warnings)
	}
	p = mustBind(t, mustNew(t, Options{Defaults: map[string]string{"country": "US", "currency": "USD", "plan_period": "monthly", "invoiced": "no", "unified_billing": "no",
		"annual_commit_monthly_billing": "no"}}), mappingtest.SheetOf("name", "city", "state", "zip", "Address"))
	if r := mapRow(sheet.Row{Number: 9, Cells: []sheet.Cell{mappingtest.Text("Total: 2")}}); mappingtest.Kinds(r.Problems) != "incomplete_row" || r.Problems[0].Row != 9 {
		t.Errorf("got %v", r.Problems)
	}
}

func TestAccept(t *testing.T) {
	o := Options{Defaults: mappingtest.CompleteDefaults(), Accept: []office.ProblemKind{HiddenRow}}
	p := mustBind(t, mustNew(t, o), mappingtest.SheetOf("name"))
	r, err := (&draft{plan: p}).mapRow(sheet.Row{Number: 2, Hidden: true, Cells: []sheet.Cell{mappingtest.Text("Boston")}})
	if err != nil || !r.Valid() || mappingtest.Kinds(r.Warnings) != "hidden_row" || r.Body == nil {
		t.Errorf("got %v, %v, %v", r.Problems, r.Warnings, err)
	}
}

// TestRowsOnly maps wanted rows as a whole pass does, duplicates too, and
// counts nothing anew.
func TestRowsOnly(t *testing.T) {
	p := planOf(t, withoutName(), "name,country,currency", "Boston,US,USD", "Lyon,FR,EUR", "boston,us,USD", "Oslo,NO,NOK")
	late := func(row int) bool { return row >= 4 }
	rows, want := survey(t, p), all(t, p)[2:]
	var got []*office.Request
	for r, err := range rows.Only(late) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if !reflect.DeepEqual(got, want) || rows.Len() != 4 {
		t.Errorf("got %+v, want %+v; %d rows are counted", got, want, rows.Len())
	}
}
