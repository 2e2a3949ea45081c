package locale

import "testing"

func TestFoldName(t *testing.T) {
	same := [][]string{
		{"o'hare", "O'Hare", "O’Hare", "O‘HARE", "Oʼhare", " O′Hare\u00a0"},
		{"winston-salem", "Winston-Salem", "Winston–Salem", "Winston‑Salem", "Winston—Salem", "Winston−Salem", "Ｗinston－Salem"},
		{`the "annex"`, "The “Annex”", "The „Annex‟", "The ″annex″"},
		{"and so on...", "And so on…"},
		{"café", "Cafe\u0301", "CAFÉ"},
		{"office", "Oﬃce", "Of\u00adfice", "Ｏｆｆｉｃｅ"},
		{"ガレージ", "ｶﾞﾚｰｼﾞ"},
		{"ijmuiden", "IJmuiden", "Ĳmuiden", "ĳmuiden"},
		{"ljubljana", "Ljubljana", "ǈubljana"},
		{"winston-salem", "Winston﹣Salem"},
		{"一", "⼀"},
		{"strasse", "Straße", "STRASSE"},
		{"boston harbor", "Boston\u00a0\u2003Harbor", "Boston\tHARBOR "},
	}
	seen := map[string]int{}
	for i, names := range same {
		for _, name := range names {
			if got := FoldName(name); got != names[0] {
				t.Errorf("%q is folded to %q, want %q", name, got, names[0])
			}
		}
		seen[names[0]] = i
	}
	for _, pair := range [][2]string{{"Building 5²", "Building 52"}, {"Floor ①", "Floor 1"}, {"Acme™", "AcmeTM"}, {"H₂O", "H2O"},
		{"½ Way", "1/2 Way"}, {"№ 5", "No 5"}, {"ª", "a"}, {"St. John's", "St. Johns"}, {"Winston-Salem", "Winston Salem"}} {
		if FoldName(pair[0]) == FoldName(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}

func FuzzFoldName(f *testing.F) {
	f.Add("O’Hare ﬃ ｶﾞ")
	f.Fuzz(func(t *testing.T, s string) {
		once := FoldName(s)
		if twice := FoldName(once); twice != once {
			t.Errorf("%q is folded to %q, and that to %q", s, once, twice)
		}
	})
}

func TestFoldNameOfEachRune(t *testing.T) {
	for r := rune(0); r <= 0x2FFFF; r++ {
		s := "a" + string(r) + "\u0301 x"
		if once := FoldName(s); FoldName(once) != once {
			t.Errorf("%U in %q: %q, then %q", r, s, once, FoldName(once))
		}
	}
}
