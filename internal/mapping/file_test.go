package mapping

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

const sampleFile = `columns:
  Site Name: name
  Land: country
  Notes: ignore
defaults:
  plan_period: monthly
  unified_billing: no
values:
  country: {Deutschland Ost: DE, "NO": NO}
  billing_address.postal_code:
    unbekannt: 01067
key: Store code
`

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
	if err := os.WriteFile(path, []byte(sampleFile), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if f.Path() != path || f.key != "Store code" || len(f.columns) != 3 || f.defaults["unified_billing"] != "no" {
		t.Errorf("got %+v", f)
	}
	if got := f.values["billing_address.postal_code"]["unbekannt"]; got != "01067" {
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
		if f := mustParse(t, yaml); len(f.columns) != 0 || len(f.defaults) != 0 {
			t.Errorf("%q: got %+v", yaml, f)
		}
	}
}

func TestFileIsUsed(t *testing.T) {
	o := Options{File: mustParse(t, sampleFile), Defaults: complete()}
	delete(o.Defaults, "name")
	delete(o.Defaults, "country")
	o.Defaults["plan_period"] = "yearly"
	headings := []string{"SITE-NAME", "Land", "Notes", "Store Code", "Zip"}
	r := mapRow(t, o, headings, text("Oslo"), text("DEUTSCHLAND  ost"), text("x"), number("17", "000"), text("Unbekannt"))
	got := r.Office
	if got.Name != "Oslo" || got.Country != "DE" || got.PlanPeriod != "yearly" || got.BillingAddress.PostalCode != "01067" || r.Key != "#017" {
		t.Errorf("got %+v, key %s", got, r.Key)
	}
	if got := readings(r, ruleMeaning); got != "country=DE; billing_address.postal_code=01067" {
		t.Errorf("readings: %s", got)
	}
	if got := readings(r, ruleDefault); !strings.Contains(got, "plan_period=yearly; unified_billing=false") {
		t.Errorf("readings: %s", got)
	}
	r = mapRow(t, o, headings, text("Oslo"), text("NO"), sheet.Cell{}, sheet.Cell{}, text("0150"))
	if got := kinds(r.Problems); !strings.Contains(got, "missing_key") || r.Key != "" {
		t.Errorf("got %s, key %q", got, r.Key)
	}
}

func TestFileNamesWhatIsNotThere(t *testing.T) {
	f := mustParse(t, "columns: {Site Nmae: name, Old notes: ignore}\nkey: Sotre code\n")
	problems := complaints(t, Options{File: f, Defaults: complete()}, "Site Name", "Store code")
	if got := kinds(problems); got != "name missing_column; missing_column" || !strings.Contains(problems[0].String(), `did you mean "Site Name"?`) ||
		!strings.Contains(problems[1].String(), `did you mean "Store code"?`) {
		t.Errorf("got %v", problems)
	}
	f = mustParse(t, "columns: {Old notes: ignore}\n")
	p := mustBind(t, mustNew(t, Options{File: f, Defaults: complete()}), sheetOf("name"))
	if got := kinds(p.Warnings()); got != "unused_mapping" {
		t.Errorf("got %s", got)
	}
}

func TestFileWinsOverHeadings(t *testing.T) {
	f := mustParse(t, "columns: {Name: billing_contact.name, Suiet: ignore}\n")
	r := mapRow(t, Options{File: f, Defaults: complete()}, []string{"Name", "Suiet"}, text("Jo"), text("x"))
	if r.Office.BillingContact.Name != "Jo" || r.Office.Name != "Boston Harbor" {
		t.Errorf("got %+v", r.Office)
	}
}

func TestNewErrors(t *testing.T) {
	_, err := New(Options{Defaults: map[string]string{"ring_second": "30", "ring_seconds": "90", "currency": "DEM", "name": " "}, Accept: []office.ProblemKind{"bad_time", HiddenRow}})
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	for _, want := range []string{`default for currency: "DEM" is not a valid value`, "default for name: is empty", `default "ring_second" names no field; did you mean ring_seconds?`,
		"default for ring_seconds: 90 is out of range", `"bad_time" can't be accepted`} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, want) }) {
			t.Errorf("no %q in %q", want, lines)
		}
	}
	if len(lines) != 5 {
		t.Errorf("got %q", lines)
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(sampleFile))
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
