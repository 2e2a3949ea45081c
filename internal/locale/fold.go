package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which two names are compared: compatibility composed
// (NFKC), every run of white space one space, none at the ends, characters
// without a shape (zero-width spaces, soft hyphens, direction marks) left out,
// and case folded. Folding twice changes nothing more.
//
// A text that is folded already is returned as it is, without allocation.
func Fold(s string) string {
	switch ascii, folded := survey(s); {
	case folded:
		return s
	case ascii:
		return foldASCII(s)
	}
	s = cases.Fold().String(spaced(norm.NFKC.String(visible(s))))
	// Fold exchanges the two cases of Cherokee, lower case settles it; and
	// folding can undo the composition (U+0345).
	return norm.NFKC.String(strings.ToLower(s))
}

// Key is Fold without accents and punctuation, for looking names up: "&" is
// "and", dots and apostrophes vanish, any other mark is a space. So
// "Washington, D.C." and "washington dc" are one, and so are "Québec" and
// "QUEBEC". Marks of scripts that need them to be read are kept.
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

// survey looks at s once: is it ASCII, and is it folded as it stands? A text
// that is not ASCII never counts as folded.
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

// foldASCII does all in one pass: most texts that are folded are ASCII.
func foldASCII(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	between := false // white space came since the last word
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

// spaced has one space for every run of white space, and none at the ends.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// visible drops the format characters (category Cf): nobody sees them, and
// copying from a web page or a PDF brings them along.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// plain tells whether a folded text is its own Key at first sight.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || 'z' < c) && (c < '0' || '9' < c) && c != ' ' {
			return false
		}
	}
	return true
}

// accent tells the accents of Latin, Greek and Cyrillic; the marks of other
// scripts lie elsewhere.
func accent(r rune) bool { return 0x0300 <= r && r <= 0x036F }

// Letters is the form in which headings and words of a list are compared:
// letters and digits, folded. "Office\nName *", "OFFICE_NAME" and "office.name:"
// are one.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, Fold(s))
}
