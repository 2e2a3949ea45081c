// Package mappingtest helps the tests of mapping and its subpackages.
package mappingtest

import (
	"iter"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// SheetOf is a sheet with headings but no rows: enough for Bind.
func SheetOf(headings ...string) *sheet.Sheet {
	s := sheet.New(sheet.Sheet{File: "offices.csv", Unit: "row", HeaderRow: 1}, nil, func() iter.Seq2[sheet.Row, error] { return func(func(sheet.Row, error) bool) {} })
	for i, h := range headings {
		s.Columns = append(s.Columns, sheet.Column{Index: i, Name: h, Letter: string(rune('A' + i))})
	}
	return s
}

// CompleteDefaults are defaults for all that every office needs, so that a test can look at a single column.
func CompleteDefaults() map[string]string {
	return map[string]string{
		"name": "Boston Harbor", "country": "US", "currency": "USD", "plan_period": "monthly", "unified_billing": "no", "invoiced": "no",
		"annual_commit_monthly_billing": "no", "billing_address.address_line_1": "1 Example Way", "billing_address.city": "Boston",
		"billing_address.region": "MA", "billing_address.postal_code": "02134", "use_same_address": "yes",
	}
}

// Text is a text cell.
func Text(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Raw: s} }

// Number is a number cell with a format code.
func Number(s, format string) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Raw: s, Format: format}
}

// Kinds lists problems as "field kind", separated by "; ".
func Kinds(problems []office.Problem) string {
	var names []string
	for _, p := range problems {
		names = append(names, strings.TrimPrefix(p.Field+" ", " ")+string(p.Kind))
	}
	return strings.Join(names, "; ")
}

// KindsOf lists the kinds of one field's problems.
func KindsOf(problems []office.Problem, field string) string {
	var names []string
	for _, p := range problems {
		if p.Field == field {
			names = append(names, string(p.Kind))
		}
	}
	return strings.Join(names, " ")
}

// Readings lists "field=value" for each reading by this rule.
func Readings(r *office.Request, rule string) string {
	var parts []string
	for _, reading := range r.Readings {
		if reading.Rule == rule {
			parts = append(parts, reading.Field+"="+reading.Read)
		}
	}
	return strings.Join(parts, "; ")
}
