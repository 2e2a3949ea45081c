package mapping

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

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

// mapRow maps one row of cells below these headings.
func mapRow(t testing.TB, o Options, headings []string, cells ...sheet.Cell) *office.Request {
	t.Helper()
	p := mustBind(t, mustNew(t, o), mappingtest.SheetOf(headings...))
	r, err := (&draft{plan: p}).mapRow(sheet.Row{Number: 2, Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// openText opens a CSV file with these lines.
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

// fileOf loads a mapping file with this content.
func fileOf(t *testing.T, yaml string) *headings.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "offices.mapping.yaml")
	if err := os.WriteFile(path, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := headings.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
