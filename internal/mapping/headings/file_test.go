package headings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
)

func mustParse(t *testing.T, yaml string) *File {
	t.Helper()
	f, err := parseFile("offices.mapping.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "offices.mapping.yaml")
	if err := os.WriteFile(path, []byte(mappingtest.SampleFile), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if f.Key != "Store code" || len(f.Columns) != 3 || f.Defaults["unified_billing"] != "no" {
		t.Errorf("got %+v", f)
	}
	if got := f.Values["billing_address.postal_code"]["unbekannt"]; got != "01067" {
		t.Errorf("a value must stay as it is written: %q", got)
	}
	if _, err := Load(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestFileProblems(t *testing.T) {
	tests := map[string]struct {
		yaml, want string
		line       int
	}{
		"unknown key":     {"column:\n  A: name\n", `at character 1: "column" is not known here; did you mean columns?`, 1},
		"unknown field":   {"columns:\n  A: mainline_nuber\n", `at character 6: "mainline_nuber" is no field; did you mean mainline_number?`, 2},
		"unknown default": {"defaults:\n  ring_second: 30\n", `"ring_second" is no field; did you mean ring_seconds?`, 2},
		"bad default":     {"defaults:\n  ring_seconds: 90\n", "90 is out of range; 10 to 45 seconds", 2},
		"bad boolean":     {"defaults:\n  invoiced: maybe\n", `"maybe" is neither yes nor no`, 2},
		"bad value":       {"values:\n  currency: {Mark: DEM}\n", `"DEM" is not a valid value`, 2},
		"no value":        {"columns:\n  A:\n", `at character 3: the heading "A" has no field; name one`, 2},
		"blank default":   {"defaults:\n  plan_period:  # later\n", "at character 3: plan_period has no value; one of monthly, yearly", 2},
		"blank week":      {"defaults:\n  hours: ~\n", "hours has no value; leave the line out where a column gives it", 2},
		"no key":          {"key:\n", "there is no value", 1},
		"list":            {"columns:\n  - name\n", "there should be pairs", 2},
		"list as value":   {"columns:\n  A: [name]\n", "there should be one value", 2},
		"twice":           {"columns:\n  A: name\n  a: country\n", `"a" stands in line 2 too`, 3},
		"no heading":      {"columns:\n  '*': name\n", "is no heading", 2},
		"part as default": {"defaults:\n  monday_open: 08:00\n", "is no field", 2},
		"not yaml":        {"columns: {A: name\n", "did not find", 0},
		"text":            {"hello\n", "there should be pairs", 1},
	}
	for name, tt := range tests {
		_, err := parseFile("m.yaml", []byte(tt.yaml))
		e, ok := errors.AsType[*office.InputError](err)
		if !ok || len(e.Problems) != 1 {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if p := e.Problems[0]; p.Kind != BadMappingFile || p.Row != tt.line || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: line %d: %v\nwant line %d: %s", name, p.Row, err, tt.line, tt.want)
		}
	}
}

func TestFileMayBeEmpty(t *testing.T) {
	for _, yaml := range []string{"", "# nothing\n", "columns:\ndefaults:\n"} {
		if f := mustParse(t, yaml); len(f.Columns) != 0 || len(f.Defaults) != 0 {
			t.Errorf("%q: got %+v", yaml, f)
		}
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(mappingtest.SampleFile))
	f.Add([]byte("columns: &a {b: *a}\n"))
	f.Add([]byte("values: {country: {? [a] : b}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parseFile("m.yaml", data)
		if (file == nil) == (err == nil) {
			t.Fatalf("file %v and error %v", file, err)
		}
		if err != nil && err.Error() == "" {
			t.Fatal("an error without words")
		}
	})
}
