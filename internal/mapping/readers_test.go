package mapping

import (
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// want of a cell: what is shown of its value ("" for none), the rule, the kind
// of its problem and that of its warning.
type wantCell struct{ value, rule, problem, warning string }

func checkCell(t *testing.T, field string, cell sheet.Cell, want wantCell) {
	t.Helper()
	r := mapCell(t, field, cell)
	var got wantCell
	if value := office.FieldByName(field).Get(&r.Office); value != nil {
		got.value = Show(value)
	}
	for _, reading := range r.Readings {
		if reading.Field == field {
			got.rule = reading.Rule
		}
	}
	got.problem, got.warning = mention(r.Problems, field), mention(r.Warnings, field)
	if got != want {
		t.Errorf("%s of %+v:\n got %+v\nwant %+v", field, cell, got, want)
	}
}

func TestBoolean(t *testing.T) {
	yes, no := []string{"yes", "Y", "1", "x", "WAHR", "VRAI", "ja", "oui", "sí", "✓", "on", "\u00a0Yes "}, []string{"no", "N", "0", "FALSCH", "FAUX", "nein", "non", "off"}
	for _, s := range yes {
		checkCell(t, "hours_on", text(s), wantCell{"true", "boolean", "", ""})
	}
	for _, s := range no {
		checkCell(t, "hours_on", text(s), wantCell{"false", "boolean", "", ""})
	}
	for _, s := range []string{"maybe", "2", "-", "yesno", "n/a", "1.0"} {
		checkCell(t, "hours_on", text(s), wantCell{"", "", "bad_boolean", ""})
	}
	checkCell(t, "hours_on", text("TRUE"), wantCell{"true", "", "", ""})
	checkCell(t, "hours_on", sheet.Cell{Kind: sheet.Bool, Raw: "FALSE"}, wantCell{"false", "", "", ""})
	checkCell(t, "hours_on", number("1", ""), wantCell{"true", "boolean", "", ""})
	checkCell(t, "hours_on", number("0.5", ""), wantCell{"", "", "bad_boolean", ""})
	checkCell(t, "hours_on", sheet.Cell{}, wantCell{})
}

func TestInteger(t *testing.T) {
	tests := []struct {
		cell sheet.Cell
		want wantCell
	}{
		{text("30"), wantCell{"30", "", "", ""}},
		{text("030"), wantCell{"30", "number", "", ""}},
		{text("30,0"), wantCell{"30", "number", "", ""}},
		{text("\u00a030 "), wantCell{"30", "number", "", ""}},
		{text("1.000"), wantCell{"", "", "not_integer", ""}},
		{text("30."), wantCell{"", "", "not_integer", ""}},
		{text("+30"), wantCell{"", "", "not_integer", ""}},
		{text("1_0"), wantCell{"", "", "not_integer", ""}},
		{text("٣٠"), wantCell{"", "", "not_integer", ""}},
		{text("-30"), wantCell{"-30", "", "out_of_range", ""}},
		{number("29.999999999999996", ""), wantCell{"30", "number", "", ""}},
		{number("3.0E1", ""), wantCell{"30", "number", "", ""}},
		{number("0.3", "0%"), wantCell{"", "", "not_integer", ""}},
		{number("NaN", ""), wantCell{"", "", "not_integer", ""}},
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
		{text("6012345678901234567"), "6012345678901234567", ""},
		{text("9223372036854775807"), "9223372036854775807", ""},
		{text("9223372036854775808"), "", "integer_out_of_range"},
		{text("6012345678901230000"), "", "precision_lost"},
		{text("5068549373853696.0"), "5068549373853696", ""},
		{text("6012345678901235000.0"), "", "precision_lost"},
		{text("6E+18"), "", "precision_lost"},
		{text("6,01235E+18"), "", "precision_lost"},
		{text("0x1E"), "", "not_integer"},
		{number("4503599627370496", "0"), "4503599627370496", ""},
		{number("4503599627370490", "0"), "", "precision_lost"},
		{number("601234567890120", ""), "601234567890120", ""},
		{number("6012345678901234567", ""), "6012345678901234567", ""},
		{number("6012345678901234688", ""), "", "precision_lost"},
		{number("6012345678901235000", ""), "", "precision_lost"},
		{number("6.0123456789012301E+18", ""), "", "precision_lost"},
		{number("1.23456E5", ""), "123456", ""},
		{number("9300000000000000001", ""), "", "integer_out_of_range"},
	}
	for _, tt := range tests {
		r := mapCell(t, field, tt.cell)
		got := ""
		if value := office.FieldByName(field).Get(&r.Office); value != nil {
			got = Show(value)
		}
		if got != tt.value || mention(r.Problems, field) != tt.kind {
			t.Errorf("%+v: got %q, %v, want %q, %q", tt.cell, got, kinds(r.Problems), tt.value, tt.kind)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		field string
		cell  sheet.Cell
		want  wantCell
	}{
		{"name", text("O’Brien  “East” Office"), wantCell{"O’Brien  “East” Office", "", "", ""}},
		{"name", text("\u00a0Case\u00a049\u200b Office "), wantCell{"Case 49 Office", "spelling", "", ""}},
		{"name", text("Ｔｏｋｙｏ　支店"), wantCell{"Ｔｏｋｙｏ 支店", "spelling", "", ""}},
		{"name", text("North\r\n Wing"), wantCell{"North Wing", "spelling", "", "newline_in_single_line_field"}},
		{"name", text("North\tWing\n"), wantCell{"North Wing", "spelling", "", ""}},
		{"name", text("007"), wantCell{"007", "", "", ""}},
		{"name", text("1E5"), wantCell{"1E5", "", "", ""}},
		{"name", number("12", "0000"), wantCell{"0012", "number", "", ""}},
		{"name", number("6.01234567890123E+18", ""), wantCell{"", "", "precision_lost", ""}},
		{"name", number("0.3333333333333333", ""), wantCell{"", "", "precision_lost", ""}},
		{"name", number("12.5", ""), wantCell{"12.5", "", "", ""}},
		{"name", sheet.Cell{Kind: sheet.Bool, Raw: "TRUE"}, wantCell{"TRUE", "", "", ""}},
		{"name", sheet.Cell{Kind: sheet.DateTime, Raw: "46151", Format: "d-mmm", Serial: 46151}, wantCell{"", "", "date_in_text", ""}},
		{"name", text("a\x01b"), wantCell{"a\x01b", "", "control_character", ""}},
		{"name", sheet.Cell{Kind: sheet.Text, Raw: "Boston", Merged: true}, wantCell{"Boston", "", "", "merged_cell"}},
		{"group_description", text("one\r\ntwo\u2028three "), wantCell{"one\ntwo\nthree", "spelling", "", ""}},
		{"group_description", text("N/A"), wantCell{"N/A", "", "", ""}},
		{"billing_contact.email", text("a@example.com; b@example.com"), wantCell{"a@example.com; b@example.com", "", "bad_email", ""}},
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
		{"currency", "EUR ", wantCell{"EUR", "spelling", "", "odd_currency"}},
		{"currency", "usd", wantCell{"USD", "spelling", "", ""}},
		{"currency", "$", wantCell{"", "", "bad_value", ""}},
		{"plan_period", "Monthly", wantCell{"monthly", "spelling", "", ""}},
		{"no_operators_action", "Company Directory", wantCell{"company_directory", "spelling", "", ""}},
		{"no_operators_action", "voicemial", wantCell{"", "", "bad_value", ""}},
	}
	for _, tt := range tests {
		checkCell(t, tt.field, text(tt.cell), tt.want)
	}
	r := mapCell(t, "no_operators_action", text("voicemial"))
	if p := r.Problems[0]; p.Value != "voicemial" || p.Suggestion[:len("did you mean voicemail?")] != "did you mean voicemail?" {
		t.Errorf("no suggestion: %+v", p)
	}
}

func TestPlaces(t *testing.T) {
	tests := []struct {
		field string
		cell  sheet.Cell
		want  wantCell
	}{
		{"country", text("United States"), wantCell{"US", "country", "", ""}},
		{"country", text("usa"), wantCell{"US", "country", "", ""}},
		{"country", text("Untied States"), wantCell{"", "", "bad_country", ""}},
		{"country", text("North Korea"), wantCell{"", "", "bad_country", ""}},
		{"billing_address.region", text("massachusetts"), wantCell{"MA", "region", "", ""}},
		{"billing_address.region", text("Massachusets"), wantCell{"", "", "bad_region", ""}},
		{"billing_address.postal_code", text("2134"), wantCell{"02134", "postal code", "", "postal_code_padded"}},
		{"billing_address.postal_code", number("2134", "00000"), wantCell{"02134", "number", "", ""}},
		{"billing_address.postal_code", number("2134.0", ""), wantCell{"02134", "postal code", "", "postal_code_padded"}},
		{"billing_address.postal_code", text("213"), wantCell{"", "", "bad_postal_code", ""}},
		{"billing_address.postal_code", text("94103"), wantCell{"94103", "", "", "postal_code_mismatch"}},
		{"timezone", text("america/new york"), wantCell{"America/New_York", "time zone", "", ""}},
		{"timezone", text("Eastern Standard Time"), wantCell{"America/New_York", "time zone", "", ""}},
		{"timezone", text("EST5"), wantCell{"", "", "bad_timezone", ""}},
		{"mainline_number", text("(415) 555-2671"), wantCell{"+14155552671", "phone", "", "phone_country_assumed"}},
		{"mainline_number", number("14155552671", "0.00E+00"), wantCell{"+14155552671", "phone", "", ""}},
		{"mainline_number", text("+1 415 555 2671 x7"), wantCell{"", "", "phone_extension", ""}},
		{"mainline_number", text("12"), wantCell{"", "", "bad_phone", ""}},
		{"mainline_number", text("1.41556E+10"), wantCell{"", "", "precision_lost", ""}},
	}
	for _, tt := range tests {
		checkCell(t, tt.field, tt.cell, tt.want)
	}
}

func TestSuggestionsAreRemembered(t *testing.T) {
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
	o := Options{Defaults: complete(), NoRepairs: true}
	for field, cell := range map[string]string{"billing_address.postal_code": "2134", "name": "North\nWing", "mainline_number": "(415) 555-2671"} {
		r := mapRow(t, o, []string{field}, text(cell))
		if mention(r.Problems, field) == "" || mention(r.Warnings, field) != "" {
			t.Errorf("%s: problems %v, warnings %v", field, r.Problems, r.Warnings)
		}
	}
}
