package cell

import (
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/office"
)

func TestMenu(t *testing.T) {
	tests := []struct{ text, want, kind string }{
		{"1=voicemail; 2=department department:5068549373853696", "1=voicemail; 2=department department:5068549373853696", ""},
		{"1 = Voicemail, 2=Company_Directory;", "1=voicemail; 2=company_directory", ""},
		{`[{"input":"1","options":{"action":"voicemail"}}]`, "1=voicemail", ""},
		{`[{"input":2,"options":{"action":"department","action_target_type":"department","action_target_id":"5068549373853696"}}]`, "2=department department:5068549373853696", ""},
		{`[{“input”:“2”,“options”:{“action”:“department”,“action_target_type”:“department”,“action_target_id”:5068549373853697}}]`, "2=department department:5068549373853697", ""},
		{`[{"input":"1","option":{}}]`, "", "bad_dtmf"},
		{`[{"input":"1"`, "", "bad_dtmf"},
		{"voicemail", "", "bad_dtmf"},
		{";", "", "bad_dtmf"},
		{"1=", "", "bad_dtmf"},
		{"1=department department", "", "bad_dtmf"},
		{"1=department department:6E+18", "", "bad_dtmf"},
		{"1=department department:6012345678901230000", "", "precision_lost"},
	}
	const field = "routing_options.open.dtmf"
	for _, tt := range tests {
		value, _, notes := readCell(field, mappingtest.Text(tt.text), new(Rules))
		got := ""
		if value != nil {
			got = Show(value)
		}
		if got != tt.want || mappingtest.KindsOf(notes.Problems, field) != tt.kind {
			t.Errorf("%q: got %q, %v", tt.text, got, notes.Problems)
		}
	}
	for _, bad := range []string{"11=voicemail", "1=voicemial", "1=voicemail;1=menu", "1=department dept:7"} {
		if _, _, notes := readCell(field, mappingtest.Text(bad), new(Rules)); mappingtest.KindsOf(notes.Problems, field) != "bad_dtmf" {
			t.Errorf("%q: got %v", bad, notes.Problems)
		}
	}
}

func FuzzMenu(f *testing.F) {
	f.Add("1=voicemail; 2=department department:5068549373853696")
	f.Add(`[{"input":"1","options":{"action":"menu"}}]`)
	f.Fuzz(func(t *testing.T, s string) {
		read := menuOfText
		if strings.HasPrefix(s, "[") {
			read = menuOfJSON
		}
		menu, p := read(s)
		if p != nil || office.FieldByName("routing_options.open.dtmf").Check(menu) != nil || len(menu) == 0 {
			return
		}
		again, p := menuOfText(menuText(menu))
		if p != nil || menuText(again) != menuText(menu) {
			t.Fatalf("%q read as %s, which reads as %v, %v", s, menuText(menu), again, p)
		}
	})
}

func FuzzBoolean(f *testing.F) {
	f.Add("yes")
	f.Add("\u00a0TRUE")
	f.Fuzz(func(t *testing.T, s string) {
		value, ok := booleanOf(mappingtest.Text(s))
		if again, okAgain := booleanOf(mappingtest.Text(" " + s + "\u00a0")); s != "" && (again != value || okAgain != ok) {
			t.Fatalf("%q: %t %t, with spaces around %t %t", s, value, ok, again, okAgain)
		}
	})
}
