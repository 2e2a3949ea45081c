package locale_test

import (
	"testing"

	"officeimporter/internal/locale"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"main office", "main office"},
		{"  Main\t OFFICE \r\n", "main office"},
		{"Main\u00a0Office", "main office"},
		{"Main\u3000Office", "main office"},
		{"\ufeffMain\u200b Of\u00adfice\u200e", "main office"},
		{"ＭＡＩＮ　１２", "main 12"},
		{"Straße", "strasse"},
		{"STRASSE", "strasse"},
		{"Z\u0075\u0308rich", "zürich"},
		{"ΟΔΟΣ", "οδοσ"},
		{"ﬁrst", "first"},
		{"東京支店", "東京支店"},
		{"ガ", "ガ"},
		{"\u13d2", "\uaba2"}, // a Cherokee capital
		{"\uaba2", "\uaba2"},
		{"O’Brien", "o’brien"},
	}
	for _, tt := range tests {
		if got := locale.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFoldedTextCostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { locale.Fold("main office 12") }); n != 0 {
		t.Errorf("folding a folded text: %v allocations, want none", n)
	}
}

func TestKey(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Washington, D.C.", "washington dc"},
		{"Washington,D.C.", "washington dc"},
		{"Québec", "quebec"},
		{"Trinidad & Tobago", "trinidad and tobago"},
		{"Côte d’Ivoire", "cote divoire"},
		{"Guinea-Bissau", "guinea bissau"},
		{"Korea (Republic of)", "korea republic of"},
		{"ガーナ", "ガーナ"},             // the voicing mark is not an accent
		{"ประเทศไทย", "ประเทศไทย"}, // nor are vowels above and below
		{"...", ""},
	}
	for _, tt := range tests {
		if got := locale.Key(tt.in); got != tt.want {
			t.Errorf("Key(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Folding must be stable, or two runs would see one row as two.
func FuzzFoldTwice(f *testing.F) {
	for _, s := range []string{"Main Office", "ΐ\u0345", "\u1e9e", "ẞ ß", "İ", "\u00a8 x", "\xff\xfe", "ᾳ", "\u0344"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := locale.Fold(s); locale.Fold(once) != once {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, once, locale.Fold(once))
		}
		if once := locale.Key(s); locale.Key(once) != once {
			t.Errorf("Key(%q) = %q, and its key %q", s, once, locale.Key(once))
		}
	})
}
