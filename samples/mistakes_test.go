package samples

import (
	"testing"

	"officeimporter/internal/office"
)

// mistakes are the rows of mistakes.csv after the first: the kind of problem in each, and the number of wrong cells.
var mistakes = []struct {
	name  string
	kind  office.ProblemKind
	count int
}{
	{"Zip has lost a digit", "bad_postal_code", 1},
	{"", "required", 1},
	{"Country is not a country", "bad_country", 1},
	{"Dialpad has no offices there", "bad_country", 1},
	{"Currency is not one of the seven", "bad_value", 1},
	{"Plan period is misspelled", "bad_value", 1},
	{"Neither yes nor no", "bad_boolean", 1},
	{"State is misspelled", "bad_region", 1},
	{"City is missing", "required", 1},
	{"E-mail address has a space", "bad_email", 1},
	{"Billing contact without e-mail", "required", 1},
	{"Main line has an extension", "phone_extension", 1},
	{"Main line lost its digits", "precision_lost", 1},
	{"PO box as E911 address", "po_box", 1},
	{"E911 address is missing", "required", 1},
	{"Same address, and another one", "address_conflict", 1},
	{"Time zone means several", "bad_timezone", 1},
	{"Hours in words", "bad_time", 1},
	{"Nine to five, a.m. or p.m.", "ambiguous_time", 1},
	{"Opens, but does not close", "hours_odd_count", 1},
	{"Hours overlap", "hours_overlap", 1},
	{"Hours past midnight", "hours_cross_midnight", 1},
	{"Rings too long", "out_of_range", 1},
	{"Rings for no whole seconds", "not_integer", 1},
	{"Description is too long", "too_long", 1},
	{"Routing for opening hours alone", "required", 2},
	{"Target id was rounded by Excel", "precision_lost", 1},
	{"Target id without a type", "target_incomplete", 1},
	{"Menu key does an unknown thing", "bad_dtmf", 1},
	{"Menu key stands twice", "bad_dtmf", 1},
	{"GOOD: the first of two  with one name", "duplicate_row", 1},
	{"A cell of a formula that went wrong", "error_cell", 1},
	{"Total", "incomplete_row", 1},
}

func TestMistakes(t *testing.T) {
	requests := check(t, "mistakes.csv", "")
	if len(requests) != 1+len(mistakes) {
		t.Fatalf("%d rows, want %d", len(requests), 1+len(mistakes))
	}
	wantFlawless(t, requests[:1])
	for i, want := range mistakes {
		r := requests[1+i]
		if len(r.Problems) != want.count {
			t.Errorf("row %d (%s): %d problems, want %d", r.Row, want.name, len(r.Problems), want.count)
		}
		for _, p := range r.Problems {
			if p.Kind != want.kind || p.Message == "" {
				t.Errorf("row %d (%s): %s: %s; want %s", r.Row, want.name, p.Kind, p, want.kind)
			}
		}
		for _, p := range r.Warnings {
			t.Errorf("row %d (%s): warning %s: %s", r.Row, want.name, p.Kind, p)
		}
		if r.Office.Name != want.name && want.kind != "incomplete_row" && want.kind != "duplicate_row" {
			t.Errorf("row %d is %q, want %q", r.Row, r.Office.Name, want.name)
		}
	}
}
