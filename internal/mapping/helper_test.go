package mapping

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

// sheetOf is a sheet with headings and no rows: enough to bind.
func sheetOf(headings ...string) *sheet.Sheet {
	s := &sheet.Sheet{File: "offices.csv", Unit: "row", HeaderRow: 1}
	for i, h := range headings {
		s.Columns = append(s.Columns, sheet.Column{Index: i, Name: h, Letter: string(rune('A' + i))})
	}
	return s
}

// complete are defaults for all that every office needs, so that a test can
// speak of one column.
func complete() map[string]string {
	return map[string]string{
		"name": "Boston Harbor", "country": "US", "currency": "USD", "plan_period": "monthly", "unified_billing": "no", "invoiced": "no",
		"annual_commit_monthly_billing": "no", "billing_address.address_line_1": "1 Example Way", "billing_address.city": "Boston",
		"billing_address.region": "MA", "billing_address.postal_code": "02134", "use_same_address": "yes",
	}
}

func mustNew(t testing.TB, o Options) *Mapping {
	t.Helper()
	m, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustBind(t testing.TB, m *Mapping, s *sheet.Sheet) *Plan {
	t.Helper()
	p, err := m.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mapRow maps one row of cells below headings.
func mapRow(t testing.TB, o Options, headings []string, cells ...sheet.Cell) *office.Request {
	t.Helper()
	p := mustBind(t, mustNew(t, o), sheetOf(headings...))
	r, err := (&draft{plan: p}).finish(sheet.Row{Number: 2, Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mapCell maps a row that is complete but for one cell.
func mapCell(t testing.TB, heading string, cell sheet.Cell) *office.Request {
	t.Helper()
	return mapRow(t, Options{Defaults: complete()}, []string{heading}, cell)
}

func text(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Raw: s} }

func number(s, format string) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Raw: s, Format: format}
}

// openText opens a CSV file with the given lines.
func openText(t testing.TB, m *Mapping, lines ...string) *sheet.Sheet {
	t.Helper()
	path := filepath.Join(t.TempDir(), "offices.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := parse.Open(path, sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func kinds(problems []office.Problem) string {
	var names []string
	for _, p := range problems {
		names = append(names, strings.TrimPrefix(p.Field+" ", " ")+string(p.Kind))
	}
	return strings.Join(names, "; ")
}

// mention lists kinds of the problems of one field.
func mention(problems []office.Problem, field string) string {
	var names []string
	for _, p := range problems {
		if p.Field == field {
			names = append(names, string(p.Kind))
		}
	}
	return strings.Join(names, " ")
}

// readings are "field rule value" of a request.
func readings(r *office.Request, rule string) string {
	var parts []string
	for _, reading := range r.Readings {
		if reading.Rule == rule {
			parts = append(parts, reading.Field+"="+reading.Read)
		}
	}
	return strings.Join(parts, "; ")
}
