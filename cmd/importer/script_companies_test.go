package main

import (
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// companiesHave takes pairs of a company and names. It checks that exactly these
// offices were created, and none for other companies.
func companiesHave(ts *testscript.TestScript, _ bool, args []string) {
	have := map[string][]string{}
	for _, c := range serverOf(ts).server.Truth().Created {
		have[c.Company] = append(have[c.Company], c.Name)
	}
	for i := 0; i+1 < len(args); i += 2 {
		company, want := args[i], strings.Split(args[i+1], ", ")
		got := have[company]
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			ts.Fatalf("company %s has the offices %q, want %q", company, got, want)
		}
		delete(have, company)
	}
	if len(have) > 0 {
		ts.Fatalf("offices of other companies: %v", have)
	}
}

// officesOf takes pairs of a company and a number of rows, and writes a CSV of valid
// rows. All names differ.
func officesOf(ts *testscript.TestScript, _ bool, args []string) {
	text, n := "company_id,"+officesHeading, 0
	for i := 1; i+1 < len(args); i += 2 {
		for range number(ts, args[i+1]) {
			n++
			text += args[i] + "," + officeRow(n)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}
