package parse

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// workbookCases are the known answers about workbooks, real ones or so named.
func workbookCases(t *testing.T) (cases []expectation) {
	t.Helper()
	for _, e := range expectations(t) {
		if strings.HasPrefix(filepath.Ext(e.file), ".xls") || strings.Contains(e.file, "xlsx_named") {
			cases = append(cases, e)
		}
	}
	return cases
}

// TestKnownWorkbooks checks what depends on reading alone; what a cell means is up to the mapping.
func TestKnownWorkbooks(t *testing.T) {
	cases, checked := workbookCases(t), 0
	for _, c := range cases {
		s, err := Open(filepath.Join(casesDir, c.file), sheet.Options{Known: knownInCases})
		got, decided := readCase(c, s, err, cases)
		if decided {
			checked++
			if got != c.want {
				t.Errorf("%s, row %s, %s: %s, want %s", c.file, c.row, c.field, got, c.want)
			}
		}
		if s != nil {
			s.Close()
		}
	}
	if checked < 80 {
		t.Errorf("only %d of %d lines were checked", checked, len(cases))
	}
}

func knownInCases(heading string) bool {
	return slices.Contains([]string{"name", "country", "currency", "plan_period", "invoiced", "unified_billing",
		"annual_commit_monthly_billing", "billing_address.city", "billing_address.country"}, heading)
}

// readCase is the reader's answer to a case; decided is false if the answer isn't the reader's.
func readCase(c expectation, s *sheet.Sheet, err error, all []expectation) (got string, decided bool) {
	if input, ok := errors.AsType[*office.InputError](err); ok {
		return "error:" + string(input.Problems[0].Kind), true
	}
	kind, isWarning := strings.CutPrefix(c.want, "warn:")
	switch {
	case isWarning && c.row == "*":
		return "warn:" + kindAmong(s.Warnings, kind), true
	case c.want == "header_row":
		return c.want, fmt.Sprint(s.HeaderRow) == c.row
	case strings.HasPrefix(c.want, "rows="):
		n := 0
		for range s.Rows() {
			n++
		}
		return fmt.Sprint("rows=", n), true
	}
	for row := range s.Rows() {
		if fmt.Sprint(row.Number) == c.row {
			return readCaseRow(c, s, row, all)
		}
	}
	return "no such row", c.row != fmt.Sprint(s.HeaderRow)
}

func readCaseRow(c expectation, s *sheet.Sheet, row sheet.Row, all []expectation) (string, bool) {
	switch {
	case c.want == "error:hidden_row":
		return map[bool]string{true: c.want, false: "not hidden"}[row.Hidden], true
	case c.want == "error:corrupt_sheet":
		return "error:" + kindAmong(row.Problems, "corrupt_sheet"), true
	case c.want == "warn:data_without_header":
		return "warn:" + kindAmong(row.Warnings, "data_without_header"), true
	}
	i := slices.IndexFunc(s.Columns, func(col sheet.Column) bool { return col.Name == c.field })
	if i < 0 || i >= len(row.Cells) || changed(c, all) {
		return "", false
	}
	cell := row.Cells[i]
	switch {
	case c.want == "error:error_cell":
		return map[bool]string{true: c.want, false: cell.Raw}[cell.Kind == sheet.Error], true
	case c.want == "error:formula_no_value":
		return map[bool]string{true: c.want, false: cell.Raw}[cell.Kind == sheet.Formula], true
	case strings.Contains(c.want, ":") || c.want == "(absent)" || !slices.Contains(verbatim, c.field):
		return "", false
	}
	return strings.Join(strings.FieldsFunc(cell.Shown(), sheet.IsBlank), " "), true
}

// verbatim are fields that take a cell as it is shown.
var verbatim = []string{"name", "group_description", "billing_address.postal_code", "e911_address.zip",
	"routing_options.open.action_target_id", "mainline_number"}

// changed tells whether the mapping makes something else of the cell, with a warning.
func changed(c expectation, all []expectation) bool {
	return slices.ContainsFunc(all, func(o expectation) bool {
		return o.file == c.file && o.row == c.row && o.field == c.field && strings.HasPrefix(o.want, "warn:postal")
	})
}

func kindAmong(problems []office.Problem, kind string) string {
	for _, p := range problems {
		if string(p.Kind) == kind {
			return kind
		}
	}
	return fmt.Sprint("none of ", problems)
}
