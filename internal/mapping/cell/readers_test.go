package cell

import (
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// wantCell is what a cell is expected to become: the value as shown ("" for none), the rule, and the kinds of its
// problem and its warning.
type wantCell struct{ value, rule, problem, warning string }

func checkCell(t *testing.T, field string, cell sheet.Cell, want wantCell) {
	t.Helper()
	value, rule, notes := readCell(field, cell, new(Rules))
	got := wantCell{rule: rule, problem: mappingtest.KindsOf(notes.Problems, field), warning: mappingtest.KindsOf(notes.Warnings, field)}
	if value != nil {
		got.value = Show(value)
	}
	if got != want {
		t.Errorf("%s of %+v:\n got %+v\nwant %+v", field, cell, got, want)
	}
}

// readCell reads a cell of an office in Massachusetts.
func readCell(field string, cell sheet.Cell, rules *Rules) (value any, rule string, notes Notes) {
	f := office.FieldByName(field)
	e := NewEntry(f, cell, "", Address{"US", "MA"}, rules, &notes)
	if cell.Kind == sheet.Blank || e.Unusable() {
		return nil, "", notes
	}
	if value, rule = ReaderOf(f)(&e); value == nil {
		return nil, "", notes
	}
	if p := f.Check(value); p != nil {
		p.Field = field
		notes.Problems = append(notes.Problems, *p)
	}
	return value, rule, notes
}

func TestBoolean(t *testing.T) {
	yes, no := []string{"yes", "Y", "1", "x", "WAHR", "VRAI", "ja", "oui", "sí", "✓", "on", "\u00a0Yes "}, []string{"no", "N", "0", "FALSCH", "FAUX", "nein", "non", "off"}
	for _, s := range yes {
		checkCell(t, "hours_on", mappingtest.Text(s), wantCell{"true", "boolean", "", ""})
	}
	for _, s := range no {
		checkCell(t, "hours_on", mappingtest.Text(s), wantCell{"false", "boolean", "", ""})
	}
	for _, s := range []string{"maybe", "2", "-", "yesno", "n/a", "1.0"} {
		checkCell(t, "hours_on", mappingtest.Text(s), wantCell{"", "", "bad_boolean", ""})
	}
	checkCell(t, "hours_on", mappingtest.Text("TRUE"), wantCell{"true", "", "", ""})
	checkCell(t, "hours_on", sheet.Cell{Kind: sheet.Bool, Raw: "FALSE"}, wantCell{"false", "", "", ""})
	checkCell(t, "hours_on", mappingtest.Number("1", ""), wantCell{"true", "boolean", "", ""})
	checkCell(t, "hours_on", mappingtest.Number("0.5", ""), wantCell{"", "", "bad_boolean", ""})
	checkCell(t, "hours_on", sheet.Cell{}, wantCell{})
}

func TestInteger(t *testing.T) {
	tests := []struct {
		cell sheet.Cell
		want wantCell
	}{
		{mappingtest.Text("30"), wantCell{"30", "", "", ""}},
		{mappingtest.Text("030"), wantCell{"30", "number", "", ""}},
		{mappingtest.Text("30,0"), wantCell{"30", "number", "", ""}},
		{mappingtest.Text("\u00a030 "), wantCell{"30", "number", "", ""}},
		{mappingtest.Text("1.000"), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Text("30."), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Text("+30"), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Text("1_0"), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Text("٣٠"), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Text("-30"), wantCell{"-30", "", "out_of_range", ""}},
		{mappingtest.Number("29.999999999999996", ""), wantCell{"30", "number", "", ""}},
		{mappingtest.Number("3.0E1", ""), wantCell{"30", "number", "", ""}},
		{mappingtest.Number("0.3", "0%"), wantCell{"", "", "not_integer", ""}},
		{mappingtest.Number("NaN", ""), wantCell{"", "", "not_integer", ""}},
		{sheet.Cell{Kind: sheet.Bool, Raw: "TRUE"}, wantCell{"", "", "not_integer", ""}},
		{sheet.Cell{Kind: sheet.Error, Raw: "#N/A"}, wantCell{"", "", "error_cell", ""}},
		{sheet.Cell{Kind: sheet.Formula, Raw: "A1+1"}, wantCell{"", "", "formula_no_value", ""}},
	}
	for _, tt := range tests {
		checkCell(t, "ring_seconds", tt.cell, tt.want)
	}
}

func TestID(t *testing.T) {
	const field = "routing_options.open.action_target_id"
	tests := []struct {
		cell  sheet.Cell
		value string
		kind  string
	}{
		{mappingtest.Text("6012345678901234567"), "6012345678901234567", ""},
		{mappingtest.Text("9223372036854775807"), "9223372036854775807", ""},
		{mappingtest.Text("9223372036854775808"), "", "integer_out_of_range"},
		{mappingtest.Text("6012345678901230000"), "", "precision_lost"},
		{mappingtest.Text("5068549373853696.0"), "5068549373853696", ""},
		{mappingtest.Text("6012345678901235000.0"), "", "precision_lost"},
		{mappingtest.Text("6E+18"), "", "precision_lost"},
		{mappingtest.Text("6,01235E+18"), "", "precision_lost"},
		{mappingtest.Text("0x1E"), "", "not_integer"},
		{mappingtest.Number("4503599627370496", "0"), "4503599627370496", ""},
		{mappingtest.Number("4503599627370490", "0"), "", "precision_lost"},
		{mappingtest.Number("601234567890120", ""), "601234567890120", ""},
		{mappingtest.Number("6012345678901234567", ""), "6012345678901234567", ""},
		{mappingtest.Number("6012345678901234688", ""), "", "precision_lost"},
		{mappingtest.Number("6012345678901235000", ""), "", "precision_lost"},
		{mappingtest.Number("6.0123456789012301E+18", ""), "", "precision_lost"},
		{mappingtest.Number("1.23456E5", ""), "123456", ""},
		{mappingtest.Number("9300000000000000001", ""), "", "integer_out_of_range"},
	}
	for _, tt := range tests {
		value, _, notes := readCell(field, tt.cell, new(Rules))
		got := ""
		if value != nil {
			got = Show(value)
		}
		if got != tt.value || mappingtest.KindsOf(notes.Problems, field) != tt.kind {
			t.Errorf("%+v: got %q, %v, want %q, %q", tt.cell, got, mappingtest.Kinds(notes.Problems), tt.value, tt.kind)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		field string
		cell  sheet.Cell
		want  wantCell
	}{
		{"name", mappingtest.Text("O’Brien  “East” Office"), wantCell{"O’Brien  “East” Office", "", "", ""}},
		{"name", mappingtest.Text("\u00a0Case\u00a049\u200b Office "), wantCell{"Case 49 Office", "spelling", "", ""}},
		{"name", mappingtest.Text("Ｔｏｋｙｏ　支店"), wantCell{"Ｔｏｋｙｏ 支店", "spelling", "", ""}},
		{"name", mappingtest.Text("North\r\n Wing"), wantCell{"North Wing", "spelling", "", "newline_in_single_line_field"}},
		{"name", mappingtest.Text("North\tWing\n"), wantCell{"North Wing", "spelling", "", ""}},
		{"name", mappingtest.Text("007"), wantCell{"007", "", "", ""}},
		{"name", mappingtest.Text("1E5"), wantCell{"1E5", "", "", ""}},
		{"name", mappingtest.Number("12", "0000"), wantCell{"0012", "number", "", ""}},
		{"name", mappingtest.Number("6.01234567890123E+18", ""), wantCell{"", "", "precision_lost", ""}},
		{"name", mappingtest.Number("0.3333333333333333", ""), wantCell{"", "", "precision_lost", ""}},
		{"name", mappingtest.Number("12.5", ""), wantCell{"12.5", "", "", ""}},
		{"name", sheet.Cell{Kind: sheet.Bool, Raw: "TRUE"}, wantCell{"TRUE", "", "", ""}},
		{"name", sheet.Cell{Kind: sheet.DateTime, Raw: "46151", Format: "d-mmm", Serial: 46151}, wantCell{"", "", "date_in_text", ""}},
		{"name", mappingtest.Text("a\x01b"), wantCell{"a\x01b", "", "control_character", ""}},
		{"name", sheet.Cell{Kind: sheet.Text, Raw: "Boston", Merged: true}, wantCell{"Boston", "", "", "merged_cell"}},
		{"group_description", mappingtest.Text("one\r\ntwo\u2028three "), wantCell{"one\ntwo\nthree", "spelling", "", ""}},
		{"group_description", mappingtest.Text("N/A"), wantCell{"N/A", "", "", ""}},
		{"billing_contact.email", mappingtest.Text("a@example.com; b@example.com"), wantCell{"a@example.com; b@example.com", "", "bad_email", ""}},
	}
	for _, tt := range tests {
		checkCell(t, tt.field, tt.cell, tt.want)
	}
}

func TestEnum(t *testing.T) {
	tests := []struct {
		field, cell string
		want        wantCell
	}{
		{"currency", "EUR ", wantCell{"EUR", "spelling", "", ""}},
		{"currency", "usd", wantCell{"USD", "spelling", "", ""}},
		{"currency", "$", wantCell{"", "", "bad_value", ""}},
		{"plan_period", "Monthly", wantCell{"monthly", "spelling", "", ""}},
		{"no_operators_action", "Company Directory", wantCell{"company_directory", "spelling", "", ""}},
		{"no_operators_action", "voicemial", wantCell{"", "", "bad_value", ""}},
	}
	for _, tt := range tests {
		checkCell(t, tt.field, mappingtest.Text(tt.cell), tt.want)
	}
	_, _, notes := readCell("no_operators_action", mappingtest.Text("voicemial"), new(Rules))
	if p := notes.Problems[0]; p.Value != "voicemial" || p.Suggestion[:len("did you mean voicemail?")] != "did you mean voicemail?" {
		t.Errorf("no suggestion: %+v", p)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		field string
		cell  sheet.Cell
		want  wantCell
	}{
		{"country", mappingtest.Text("United States"), wantCell{"US", "country", "", ""}},
		{"country", mappingtest.Text("usa"), wantCell{"US", "country", "", ""}},
		{"country", mappingtest.Text("Untied States"), wantCell{"", "", "bad_country", ""}},
		{"country", mappingtest.Text("North Korea"), wantCell{"", "", "bad_country", ""}},
		{"billing_address.region", mappingtest.Text("massachusetts"), wantCell{"MA", "region", "", ""}},
		{"billing_address.region", mappingtest.Text("Massachusets"), wantCell{"", "", "bad_region", ""}},
		{"billing_address.postal_code", mappingtest.Text("2134"), wantCell{"02134", "postal code", "", "postal_code_padded"}},
		{"billing_address.postal_code", mappingtest.Number("2134", "00000"), wantCell{"02134", "number", "", ""}},
		{"billing_address.postal_code", mappingtest.Number("2134.0", ""), wantCell{"02134", "postal code", "", "postal_code_padded"}},
		{"billing_address.postal_code", mappingtest.Text("213"), wantCell{"", "", "bad_postal_code", ""}},
		{"billing_address.postal_code", mappingtest.Text("94103"), wantCell{"94103", "", "", "postal_code_mismatch"}},
		{"timezone", mappingtest.Text("america/new york"), wantCell{"America/New_York", "time zone", "", ""}},
		{"timezone", mappingtest.Text("Eastern Standard Time"), wantCell{"America/New_York", "time zone", "", ""}},
		{"timezone", mappingtest.Text("EST5"), wantCell{"", "", "bad_timezone", ""}},
		{"mainline_number", mappingtest.Text("(415) 555-2671"), wantCell{"+14155552671", "phone", "", "phone_country_assumed"}},
		{"mainline_number", mappingtest.Number("14155552671", "0.00E+00"), wantCell{"+14155552671", "phone", "", ""}},
		{"mainline_number", mappingtest.Text("+1 415 555 2671 x7"), wantCell{"", "", "phone_extension", ""}},
		{"mainline_number", mappingtest.Text("12"), wantCell{"", "", "bad_phone", ""}},
		{"mainline_number", mappingtest.Text("1.41556E+10"), wantCell{"", "", "precision_lost", ""}},
	}
	for _, tt := range tests {
		checkCell(t, tt.field, tt.cell, tt.want)
	}
}

func TestHintsAreCached(t *testing.T) {
	var h hints
	searches := 0
	search := func() []string { searches++; return []string{"Ireland", "Iceland"} }
	for range 3 {
		if got := h.find("country", "Icelnad", search); got != "Ireland or Iceland" {
			t.Fatalf("got %q", got)
		}
	}
	for i := range 2 * maxHints {
		h.find("country", string(rune(i)), search)
	}
	if searches != maxHints || len(h.found) != maxHints {
		t.Errorf("%d searches, %d remembered, want %d", searches, len(h.found), maxHints)
	}
}

func TestNoRepairs(t *testing.T) {
	for field, cell := range map[string]string{"billing_address.postal_code": "2134", "name": "North\nWing", "mainline_number": "(415) 555-2671"} {
		value, _, notes := readCell(field, mappingtest.Text(cell), &Rules{NoRepairs: true})
		if value != nil || len(notes.Problems) != 1 || len(notes.Warnings) > 0 {
			t.Errorf("%s: %v, problems %v, warnings %v", field, value, notes.Problems, notes.Warnings)
		}
	}
}
