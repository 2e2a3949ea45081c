package locale

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// FoldName returns the form in which names of offices are compared. Like Fold it ignores case, white space, invisible
// characters, full and half width, and how accents are composed. Apostrophes, quotes, dashes and ellipses are the same
// however a word processor has set them: "O'Hare" and "O’Hare". Unlike Fold it keeps what only looks like another
// character: "Building 5²" is not "Building 52". Folding the result again changes nothing.
//
// Text that is already folded is returned without an allocation.
func FoldName(s string) string {
	switch ascii, folded := survey(s); {
	case folded:
		return s
	case ascii:
		return foldASCII(s)
	}
	s = norm.NFC.String(width.Fold.String(ligatures(norm.NFC.String(visible(s)))))
	s = strings.ToLower(cases.Fold().String(spaced(s))) // the swap of Cherokee: see Fold
	return norm.NFC.String(unset.Replace(s))            // after folding, which takes "ŉ" apart
}

// unset undoes what word processors set by themselves.
var unset = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "ʼ", "'", "′", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "″", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-",
	"…", "...")

// ligatures takes apart ligatures and the presentation forms of letters, which come along when text is copied from a
// PDF: the block of alphabetic and both blocks of Arabic presentation forms.
func ligatures(s string) string {
	if strings.IndexFunc(s, presentation) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if presentation(r) {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func presentation(r rune) bool { return 0xFB00 <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFC }
