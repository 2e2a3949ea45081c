package locale

import (
	"strings"
	"unicode"

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

// ligatures replaces ligatures and other presentation forms by the letters that they show: they come along when text is
// copied from a PDF or from an old system, and a person reads the same name.
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

func presentation(r rune) bool { return r >= 0x0132 && unicode.Is(presentationForms, r) }

var presentationForms = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0132, Hi: 0x0133, Stride: 1}, // ij as one letter
	{Lo: 0x013F, Hi: 0x0140, Stride: 1}, // l with a middle dot
	{Lo: 0x0149, Hi: 0x0149, Stride: 1}, // n after an apostrophe
	{Lo: 0x01C4, Hi: 0x01CC, Stride: 1}, // dž, lj and nj as one letter
	{Lo: 0x01F1, Hi: 0x01F3, Stride: 1}, // dz as one letter
	{Lo: 0x2F00, Hi: 0x2FD5, Stride: 1}, // Kangxi radicals
	{Lo: 0xFB00, Hi: 0xFDFF, Stride: 1}, // ligatures, Hebrew and Arabic forms
	{Lo: 0xFE50, Hi: 0xFE6F, Stride: 1}, // small punctuation
	{Lo: 0xFE70, Hi: 0xFEFC, Stride: 1}, // Arabic forms
	{Lo: 0xFFA0, Hi: 0xFFDC, Stride: 1}, // half-width Hangul
}}
