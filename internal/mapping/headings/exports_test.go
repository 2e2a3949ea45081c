package headings

import (
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
)

// TestExports checks what becomes of every heading of an export.
func TestExports(t *testing.T) {
	for name, tt := range mappingtest.Exports {
		p, _ := proposalOf(t, mappingtest.SheetOf(strings.Split(tt.Headings, ",")...))
		by := map[state][]string{}
		var fields []string
		for _, c := range p.columns {
			by[c.state] = append(by[c.state], c.column.Name)
			if c.state == recognised {
				fields = append(fields, c.inputs[0].Name)
			}
		}
		if got := strings.Join(fields, " "); got != tt.Fields {
			t.Errorf("%s: fields\n%s\nwant\n%s", name, got, tt.Fields)
		}
		if got := strings.Join(by[unused], ","); got != tt.Unused {
			t.Errorf("%s: unused %s, want %s", name, got, tt.Unused)
		}
		if got := strings.Join(by[unsure], ","); got != tt.Undecided || len(by[contested])+len(by[repeated])+len(by[nameless]) > 0 {
			t.Errorf("%s: undecided %s, want %s; %v", name, got, tt.Undecided, by)
		}
	}
}
