package parse

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
)

// casesDir has files with known answers, which aren't part of the repository.
const casesDir = "../../../shared/cases"

// expectation is a line of EXPECTED.tsv: case, file, sheet, row, field, expected.
type expectation struct{ file, row, field, want string }

func expectations(t *testing.T) (all []expectation) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(casesDir, "EXPECTED.tsv"))
	if err != nil {
		t.Skipf("the files with known answers aren't at hand: %v", err)
	}
	for line := range strings.Lines(string(content)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if filepath.Ext(f[1]) != "" {
			all = append(all, expectation{f[1], f[3], f[4], f[5]})
		}
	}
	return all
}

// decidedHere are the kinds that depend on reading alone, not on what a cell means.
var decidedHere = []string{
	"ragged_row", "short_row", "bare_quote", "bad_quote", "unterminated_quote", "nul_byte", "encoding_assumed",
	"no_header", "no_rows", "empty_file", "encrypted", "unsupported_format:html", "unsupported_format:xls",
	"unsupported_format:ods", "unsupported_format:xlsb",
}

func TestKnownAnswers(t *testing.T) {
	checked := 0
	for _, e := range expectations(t) {
		t.Run(e.file+":"+e.row+":"+e.field, func(t *testing.T) {
			what, kind, _ := strings.Cut(e.want, ":")
			isText := filepath.Ext(e.file) == ".csv" && !strings.HasPrefix(e.file, "case68")
			switch {
			case slices.Contains(decidedHere, kind) && e.row == "*":
				checkFile(t, e, what, kind)
			case slices.Contains(decidedHere, kind):
				checkRow(t, e, what, kind)
			case isText && e.want == "header_row":
				checkHeaderRow(t, e)
			case isText && (e.field == "name" || e.field == "group_description") && kind == "" && e.want != "(absent)":
				checkText(t, e)
			default:
				return
			}
			checked++
		})
	}
	if checked < 45 {
		t.Errorf("only %d answers were checked", checked)
	}
}

// openCase opens a file with headings as in the API.
func openCase(t *testing.T, e expectation) (*sheet.Sheet, error) {
	s, err := Open(filepath.Join(casesDir, e.file), sheet.Options{
		Known: func(h string) bool {
			h = strings.ToLower(strings.Trim(strings.ReplaceAll(h, "Office\n", ""), " *"))
			top := []string{"name", "country", "currency", "invoiced", "plan_period", "mainline_number", "group_description"}
			return slices.Contains(top, h) || strings.HasPrefix(h, "billing_address.") || strings.HasSuffix(h, "_billing")
		},
		Required: func(h string) bool { return h != "group_description" },
	})
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func checkFile(t *testing.T, e expectation, what, kind string) {
	s, err := openCase(t, e)
	if what == "error" {
		if parsetest.KindOf(t, err) != kind {
			t.Errorf("%v, want kind %s", err, kind)
		}
		return
	}
	if err != nil || !hasKind(s.Warnings, kind) {
		t.Errorf("error %v, want warning %s", err, kind)
	}
}

func hasKind(problems []office.Problem, kind string) bool {
	return slices.ContainsFunc(problems, func(p office.Problem) bool { return string(p.Kind) == kind })
}

// rowOf is the row that the expectation is about, and its sheet.
func rowOf(t *testing.T, e expectation) (*sheet.Sheet, sheet.Row) {
	t.Helper()
	s, err := openCase(t, e)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if strconv.Itoa(row.Number) == e.row {
			return s, row
		}
	}
	t.Fatalf("there is no row %s", e.row)
	return nil, sheet.Row{}
}

func checkRow(t *testing.T, e expectation, what, kind string) {
	_, row := rowOf(t, e)
	where := row.Problems
	if what == "warn" {
		where = row.Warnings
	}
	if !hasKind(where, kind) {
		t.Errorf("problems %v, warnings %v, want %s", row.Problems, row.Warnings, e.want)
	}
}

func checkHeaderRow(t *testing.T, e expectation) {
	if s, err := openCase(t, e); err != nil || strconv.Itoa(s.HeaderRow) != e.row {
		t.Errorf("heading in row %d, %v", s.HeaderRow, err)
	}
}

func checkText(t *testing.T, e expectation) {
	s, row := rowOf(t, e)
	column := slices.IndexFunc(s.Columns, func(c sheet.Column) bool {
		return strings.HasSuffix(strings.ToLower(strings.Trim(c.Name, " *")), e.field)
	})
	if len(row.Problems) > 0 {
		t.Errorf("problems %v", row.Problems)
	}
	if got := strings.ReplaceAll(row.Cells[column].Raw, "\n", `\n`); got != e.want {
		t.Errorf("%q, want %q", got, e.want)
	}
}
