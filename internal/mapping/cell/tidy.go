package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isTidy tells at first sight that there is nothing to tidy: printable ASCII
// without spaces at the ends. Nearly all cells are.
func isTidy(text string) bool {
	if text == "" || text[0] == ' ' || text[len(text)-1] == ' ' {
		return text == ""
	}
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// TidyLine is a text without what nobody sees: spaces of all kinds are plain
// ones, those at the ends are cut off, characters without a shape are left out.
// White space inside stays as it is, but for line breaks: each run of them is
// one space, and broken says so.
func TidyLine(text string) (line string, broken bool) {
	if isTidy(text) {
		return text, false
	}
	text = strings.Trim(strings.Map(visible, text), " \n")
	if !strings.Contains(text, "\n") {
		return text, false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	for i, part := range parts {
		parts[i] = strings.Trim(part, " ")
	}
	return strings.Join(parts, " "), true
}

// tidyLines is tidyLine for a text that may have several: a line break of any
// kind is LF.
func tidyLines(text string) string {
	if isTidy(text) {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Trim(strings.Map(visibleOrTab, text), " \n\t")
}

// visible maps line breaks to LF, other white space to a space, and drops what
// has no shape. Joiners (U+200C, U+200D) are kept: Persian and Hindi names
// change without them.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
		return '\n'
	case r == '\u200b', r == '\u2060', r == '\ufeff', r == '\u00ad', isDirection(r):
		return -1
	case r >= utf8.RuneSelf && unicode.Is(unicode.Zs, r), r == '\t':
		return ' '
	}
	return r
}

func visibleOrTab(r rune) rune {
	if r == '\t' {
		return r
	}
	return visible(r)
}

// isDirection tells the marks of writing direction, which copying from web
// pages and contact lists brings along.
func isDirection(r rune) bool {
	return r == '\u200e' || r == '\u200f' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}
