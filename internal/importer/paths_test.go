package importer

import "testing"

func TestNames(t *testing.T) {
	for file, want := range map[string]string{
		"offices.xlsx":             "offices.production.journal",
		"a.b/offices.csv":          "a.b/offices.production.journal",
		"offices.fix.csv":          "offices.production.journal",
		"offices.report.fix.xlsx":  "offices.report.production.journal",
		"offices":                  "offices.production.journal",
		"../x y/Offices (2).final": "../x y/Offices (2).production.journal",
	} {
		if got := journalPath(file, "production", ""); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}
