package cell

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"officeimporter/internal/office"
)

// isTidy is a quick test that there is nothing to tidy: printable ASCII without spaces at the ends, as in nearly all
// cells.
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

// TidyLine removes what nobody sees: all kinds of spaces become plain ones, those at the ends and invisible
// characters go. Other white space stays as it is, but each run of line breaks becomes one space; broken says that
// there was one.
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

// tidyLines is TidyLine for a text that may have several lines: any line break becomes LF.
func tidyLines(text string) string {
	if isTidy(text) {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Trim(strings.Map(visibleOrTab, text), " \n\t")
}

// visible maps line breaks to LF and other white space to a space, and drops invisible characters. It keeps joiners
// (U+200C, U+200D), as Persian and Hindi names change without them.
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

// isDirection recognises marks of writing direction, which come with text copied from web pages and contact lists.
func isDirection(r rune) bool {
	return r == '\u200e' || r == '\u200f' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Show is a field's value as a person reads it. It panics for a type that no field has.
func Show(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case bool:
		return strconv.FormatBool(value)
	case int64:
		return strconv.FormatInt(value, 10)
	case office.Hours:
		return value.String()
	case []office.DTMF:
		return menuText(value)
	}
	panic("no field has a value of this type")
}
