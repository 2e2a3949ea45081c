package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns the form in which names are compared: NFKC, with case folded, single spaces instead of white space,
// none at the ends, and without invisible characters (zero-width spaces, soft hyphens, direction marks). Folding the
// result again changes nothing.
//
// Text that is already folded is returned without an allocation.
func Fold(s string) string {
	switch ascii, folded := survey(s); {
	case folded:
		return s
	case ascii:
		return foldASCII(s)
	}
	s = cases.Fold().String(spaced(norm.NFKC.String(visible(s))))
	// Fold swaps the two cases of Cherokee, so lower-case the result; and folding can undo the composition (U+0345).
	return norm.NFKC.String(strings.ToLower(s))
}

// Key is Fold without accents and punctuation, for looking names up: "&" becomes "and", dots and apostrophes
// disappear, other marks become spaces. "Washington, D.C." and "washington dc" have the same key, and so do "Québec"
// and "QUEBEC". Marks that belong to other scripts are kept.
func Key(s string) string {
	s = Fold(s)
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '&':
			b.WriteString(" and ")
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && !accent(r):
			b.WriteRune(r)
		case r == '.', r == '\'', r == '’', r == '‘', r == '`', r == 'ʼ', accent(r):
		default:
			b.WriteByte(' ')
		}
	}
	return norm.NFC.String(spaced(b.String()))
}

// survey reports whether s is ASCII, and whether it is already folded. Text that isn't ASCII never counts as folded.
func survey(s string) (ascii, folded bool) {
	folded = true
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return false, false
		}
		if 'A' <= c && c <= 'Z' || '\t' <= c && c <= '\r' || c == ' ' && last == ' ' {
			folded = false
		}
		last = c
	}
	return true, folded && (s == "" || last != ' ')
}

// foldASCII folds in one pass, because most texts are ASCII.
func foldASCII(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	between := false // there was white space after the last word
	for i := range len(s) {
		c := s[i]
		if c == ' ' || '\t' <= c && c <= '\r' {
			between = b.Len() > 0
			continue
		}
		if between {
			b.WriteByte(' ')
			between = false
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// spaced replaces white space by single spaces and removes it at the ends.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// visible removes format characters (category Cf), which are invisible and often come along when text is copied from
// a web page or PDF.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// plain reports whether a folded text is obviously its own Key.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || 'z' < c) && (c < '0' || '9' < c) && c != ' ' {
			return false
		}
	}
	return true
}

// accent reports whether r is an accent of Latin, Greek or Cyrillic. The marks of other scripts are in other ranges.
func accent(r rune) bool { return 0x0300 <= r && r <= 0x036F }

// Letters returns the form in which headings and words of a list are compared: folded letters and digits only.
// "Office\nName *", "OFFICE_NAME" and "office.name:" are the same.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, Fold(s))
}
