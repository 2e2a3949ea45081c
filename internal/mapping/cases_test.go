package mapping

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

const casesDir = "../../../shared/cases"

// expectation is a line of EXPECTED.tsv.
type expectation struct{ number, file, sheet, row, field, want string }

// TestCases compares faulty rows of the case files with what is expected of them. What only a report can show is
// left to its tests.
func TestCases(t *testing.T) {
	for file, wanted := range expectations(t) {
		t.Run(file, func(t *testing.T) {
			rows, err := readCase(t, file)
			for _, want := range wanted {
				checkCase(t, rows, err, want)
			}
		})
	}
}

func expectations(t *testing.T) map[string][]expectation {
	f, err := os.Open(filepath.Join(casesDir, "EXPECTED.tsv"))
	if err != nil {
		t.Skip("the files with faults are not at hand: ", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byFile := map[string][]expectation{}
	for _, l := range lines[1:] {
		byFile[l[1]] = append(byFile[l[1]], expectation{l[0], l[1], l[2], l[3], l[4], l[5]})
	}
	return byFile
}

func readCase(t *testing.T, file string) (map[int]*office.Request, error) {
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := parse.Open(filepath.Join(casesDir, file), sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	p, err := m.Bind(s)
	if err != nil {
		return nil, err
	}
	rows := map[int]*office.Request{}
	for r, err := range p.Requests() {
		if err != nil {
			return rows, err
		}
		rows[r.Row] = r
	}
	return rows, nil
}

func checkCase(t *testing.T, rows map[int]*office.Request, err error, want expectation) {
	t.Helper()
	row, _ := strconv.Atoi(want.row)
	r := rows[row]
	kind, isError := strings.CutPrefix(want.want, "error:")
	warning, isWarning := strings.CutPrefix(want.want, "warn:")
	switch {
	case strings.HasPrefix(want.field, "report:"), want.want == "header_row", strings.HasPrefix(want.want, "rows="), want.row == "*" && isWarning:
		return
	case isError && r == nil:
		if !slices.ContainsFunc(fileProblems(err), func(p office.Problem) bool {
			return string(p.Kind) == kind && (want.field == "*" || p.Field == want.field || p.Column == want.field)
		}) {
			t.Errorf("row %s, %s: want %s, got %v", want.row, want.field, want.want, err)
		}
	case r == nil:
		t.Errorf("row %s, %s: want %s, but there is no such row: %v", want.row, want.field, want.want, err)
	case isError:
		if !hasKind(r.Problems, kind, want.field) {
			t.Errorf("row %s, %s: want %s, got %v", want.row, want.field, want.want, r.Problems)
		}
	case isWarning:
		if !hasKind(r.Warnings, warning, want.field) {
			t.Errorf("row %s, %s: want %s, got %v", want.row, want.field, want.want, r.Warnings)
		}
	default:
		checkValue(t, r, want)
	}
}

func fileProblems(err error) []office.Problem {
	if e, ok := errors.AsType[*office.InputError](err); ok {
		return e.Problems
	}
	return nil
}

func hasKind(problems []office.Problem, kind, field string) bool {
	return slices.ContainsFunc(problems, func(p office.Problem) bool {
		return string(p.Kind) == kind && (field == "*" || p.Field == field || p.Column == field)
	})
}

func checkValue(t *testing.T, r *office.Request, want expectation) {
	t.Helper()
	value := office.FieldByName(want.field).Get(&r.Office)
	got := "(absent)"
	switch value := value.(type) {
	case nil:
	case office.Hours:
		b, _ := json.Marshal(value)
		got = string(b)
	default:
		got = strings.ReplaceAll(cell.Show(value), "\n", `\n`)
	}
	if got != want.want {
		t.Errorf("row %s, %s: got %s, want %s (problems: %v)", want.row, want.field, got, want.want, r.Problems)
	}
}
