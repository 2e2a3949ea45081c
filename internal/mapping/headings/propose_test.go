package headings

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

func yamlOf(t *testing.T, p *Proposal) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteYAML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// proposalOf makes a proposal from headings alone.
func proposalOf(t *testing.T, s *sheet.Sheet) (*Proposal, string) {
	t.Helper()
	p, err := Propose(s)
	if err != nil {
		t.Fatal(err)
	}
	return p, yamlOf(t, p)
}

func TestPropose(t *testing.T) {
	s := openProposed(t, "Site Name,Country,Zip codd,Address,Suite no.,Notes,notes,,***,NO,Town: main,Ring time",
		"Altona,DE,22767,Hafenstr. 1,,\"first\nline\",x,y,z,n,Hamburg,30")
	p, err := Propose(s)
	if err != nil {
		t.Fatal(err)
	}
	yaml := yamlOf(t, p)
	for _, want := range []string{
		"\n  Site Name: name  # such as \"Altona\"\n",
		"\n  # unsure: billing_address.postal_code? Name the field, or ignore\n  Zip codd:  # such as \"22767\"\n",
		"\n  # unsure: billing_address.address_line_2? Name the field, or ignore\n  \"Suite no.\":\n",
		"\n  Notes: ignore  # not used; such as \"first\\nline\"\n",
		"\n  # column G is called as column F is: one line speaks for both\n",
		"\n  # column H has no heading that can be named, and is not used; such as \"y\"\n",
		"\n  # column I has no heading that can be named, and is not used; such as \"z\"\n",
		"\n  NO: ignore  # not used; such as \"n\"\n",
		"\n  # unsure: billing_address.city? Name the field, or ignore\n  \"Town: main\":  # such as \"Hamburg\"\n",
		"\ndefaults:\n  currency:  # one of AUD, CAD, EUR, GBP, JPY, NZD, USD\n  plan_period:  # one of monthly, yearly\n  unified_billing:  # yes or no\n",
		"\n  billing_address.region:  # such as MA\n",
		"\n  # billing_address.city: needed too, unless one of the unsure columns gives it; such as Boston\n",
		"\n  # use_same_address: yes  # ",
	} {
		if !strings.Contains(yaml, want) {
			t.Errorf("no %q in\n%s", want, yaml)
		}
	}
	if got, want := p.Count(), (Count{Columns: 12, Recognised: 4, Undecided: 3, Unused: 5, Missing: 8}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Open decisions stop whoever runs the proposal unchanged, with the line.
func TestProposalIsNotRunUndecided(t *testing.T) {
	_, yaml := proposalOf(t, mappingtest.SheetOf("Site Name", "Zip codd", "City", "Town"))
	_, err := parseFile("m.yaml", []byte(yaml))
	e, ok := errors.AsType[*office.InputError](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	lines := strings.Split(yaml, "\n")
	for _, p := range e.Problems {
		if blank, _, _ := strings.Cut(lines[p.Row-1], "  #"); !strings.HasSuffix(blank, ":") {
			t.Errorf("line %d, %q: %s", p.Row, lines[p.Row-1], p)
		}
	}
	if len(e.Problems) != 3+8 {
		t.Errorf("%d problems, want one for each of 3 headings and 8 fields:\n%v", len(e.Problems), err)
	}
}

func TestProposalOfRivals(t *testing.T) {
	for name, headings := range map[string][]string{
		"alias":        {"City", "Town"},
		"week and day": {"hours", "Tuesday"},
		"street":       {"StreetName", "Address"},
	} {
		p, yaml := proposalOf(t, mappingtest.SheetOf(headings...))
		if n := p.Count(); n.Undecided != 2 || strings.Count(yaml, "keep one, and ignore the other") != 2 {
			t.Errorf("%s: %+v\n%s", name, n, yaml)
		}
	}
	_, yaml := proposalOf(t, mappingtest.SheetOf("City", "city"))
	if !strings.Contains(yaml, "rename one of them in the file, as one alone can give billing_address.city") {
		t.Errorf("no word of the second column:\n%s", yaml)
	}
}

// A blank default doesn't matter if a column gives the field.
func TestBlankDefaultIsGivenByColumn(t *testing.T) {
	f := mustParse(t, "defaults:\n  billing_address.city:\n  billing_address.address_line_1: # later\ncolumns:\n  Ort: billing_address.city\n  Weg: street_name\n")
	if len(f.Defaults) != 0 || len(f.Columns) != 2 {
		t.Errorf("got %+v", f)
	}
}

// FuzzProposal: whatever the headings are, YAML reads them unchanged, and Load finds what Propose recognised,
// ignored or left open.
func FuzzProposal(f *testing.F) {
	for _, heading := range []string{"Site Name", "NO", "null", "a: b", "a #b", "'", "\"", "- x", "? y", "\u0085x", "\u2028y", "x\ty\n", "~", "<<", "*a", "&a", "Ort", "{x}", "日本", "\U0001f600 a"} {
		f.Add(heading, "City")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		one, two = strings.ToValidUTF8(one, "?"), strings.ToValidUTF8(two, "?")
		p, yaml := proposalOf(t, mappingtest.SheetOf(one, two))
		file, err := parseFile("m.yaml", []byte(mappingtest.FillBlanks(yaml, mappingtest.CompleteDefaults())))
		if err != nil {
			t.Fatalf("%q, %q: %v\n%s", one, two, err, yaml)
		}
		named := 0
		for _, c := range p.columns {
			if c.state != nameless && c.state != repeated {
				named++
			}
		}
		if len(file.Columns) != named {
			t.Fatalf("%q, %q: %d columns, want %d\n%s", one, two, len(file.Columns), named, yaml)
		}
		for _, rule := range file.Columns {
			if locale.Letters(rule.Heading) != locale.Letters(one) && locale.Letters(rule.Heading) != locale.Letters(two) {
				t.Fatalf("%q is none of %q, %q", rule.Heading, one, two)
			}
		}
	})
}

// openProposed opens a CSV file with these lines.
func openProposed(t *testing.T, lines ...string) *sheet.Sheet {
	t.Helper()
	path := filepath.Join(t.TempDir(), "offices.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := parse.Open(path, sheet.Options{Known: func(heading string) bool { return ByHeading()[locale.Letters(heading)] != nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
