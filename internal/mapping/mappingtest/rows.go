// Package mappingtest has what the tests of mapping and of its parts need.
package mappingtest

import (
	"iter"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// SheetOf is a sheet with headings and no rows: enough to bind.
func SheetOf(headings ...string) *sheet.Sheet {
	s := sheet.New(sheet.Sheet{File: "offices.csv", Unit: "row", HeaderRow: 1}, nil, func() iter.Seq2[sheet.Row, error] { return func(func(sheet.Row, error) bool) {} })
	for i, h := range headings {
		s.Columns = append(s.Columns, sheet.Column{Index: i, Name: h, Letter: string(rune('A' + i))})
	}
	return s
}

// Complete are defaults for all that every office needs, so that a test can
// speak of one column.
func CompleteDefaults() map[string]string {
	return map[string]string{
		"name": "Boston Harbor", "country": "US", "currency": "USD", "plan_period": "monthly", "unified_billing": "no", "invoiced": "no",
		"annual_commit_monthly_billing": "no", "billing_address.address_line_1": "1 Example Way", "billing_address.city": "Boston",
		"billing_address.region": "MA", "billing_address.postal_code": "02134", "use_same_address": "yes",
	}
}

func Text(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Raw: s} }

func Number(s, format string) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Raw: s, Format: format}
}

func Kinds(problems []office.Problem) string {
	var names []string
	for _, p := range problems {
		names = append(names, strings.TrimPrefix(p.Field+" ", " ")+string(p.Kind))
	}
	return strings.Join(names, "; ")
}

// Mention lists kinds of the problems of one field.
func KindsOf(problems []office.Problem, field string) string {
	var names []string
	for _, p := range problems {
		if p.Field == field {
			names = append(names, string(p.Kind))
		}
	}
	return strings.Join(names, " ")
}

// Readings are "field rule value" of a request.
func Readings(r *office.Request, rule string) string {
	var parts []string
	for _, reading := range r.Readings {
		if reading.Rule == rule {
			parts = append(parts, reading.Field+"="+reading.Read)
		}
	}
	return strings.Join(parts, "; ")
}
