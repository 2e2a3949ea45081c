package mapping

import (
	"maps"
	"strings"
	"testing"

	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/mapping/mappingtest"
)

// TestExportsRun completes each proposal as a person would.
func TestExportsRun(t *testing.T) {
	own := mappingtest.CompleteDefaults()
	maps.DeleteFunc(own, func(field, _ string) bool {
		return field == "name" || field == "country" || strings.HasPrefix(field, "billing_address.")
	})
	for name, tt := range mappingtest.Exports {
		names := strings.Split(tt.Headings, ",")
		p, err := headings.Propose(mappingtest.SheetOf(names...))
		if err != nil {
			t.Fatal(err)
		}
		if n := p.Count(); n.Missing != 5 {
			t.Errorf("%s: %d fields are missing, want the 5 that only Dialpad knows", name, n.Missing)
		}
		var yaml strings.Builder
		if err := p.WriteYAML(&yaml); err != nil {
			t.Fatal(err)
		}
		f := fileOf(t, mappingtest.FillBlanks(yaml.String(), own))
		mustBind(t, mustNew(t, Options{File: f, Defaults: own}), mappingtest.SheetOf(names...))
	}
}
