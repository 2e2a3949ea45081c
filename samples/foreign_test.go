package samples

import (
	"slices"
	"testing"

	"officeimporter/internal/office"
)

func TestForeign(t *testing.T) {
	requests := check(t, "foreign.csv", "foreign.mapping.yaml")
	wantFlawless(t, requests)
	var keys []office.Key
	for _, r := range requests {
		keys = append(keys, r.Key)
	}
	want := []office.Key{"#1001", "#1002", "#1003", "#1004", "#1005", "#1006"}
	if !slices.Equal(keys, want) {
		t.Fatalf("keys %q, want %q", keys, want)
	}
	o := requests[2].Office
	if o.Country != "DE" || o.Currency != "EUR" || !*o.Invoiced || o.SaturdayHours.String() != "09:00-13:00" || o.MondayHours.String() != "08:00-18:00" {
		t.Errorf("row 4 was read as %+v", o)
	}
}

// The export can't be used without its mapping file.
func TestForeignNeedsItsMapping(t *testing.T) {
	if plan, err := tryBind(t, "foreign.csv", ""); err == nil {
		t.Errorf("%d columns were bound without a mapping file", len(plan.Columns()))
	}
}
