package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// textCell is a field of a text file as a cell. No type is guessed. The marks
// by which programs say "this is text" are taken off: ="02134" and '02134.
func textCell(field string) Cell {
	if field == "" {
		return Cell{}
	}
	switch c := field[0]; {
	case c == '#' && errorTokens[field]:
		return Cell{Kind: Error, Raw: field}
	case c == '=' || c == '\'':
		field = unguarded(field)
	case c > ' ' && c < utf8.RuneSelf:
		return Cell{Kind: Text, Raw: field}
	}
	if isBlankText(field) {
		return Cell{}
	}
	return Cell{Kind: Text, Raw: field}
}

// errorTokens are what Excel writes for a formula that failed; #NV is #N/A in
// German.
var errorTokens = map[string]bool{
	"#N/A": true, "#NV": true, "#REF!": true, "#VALUE!": true,
	"#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true,
}

// isFormulaGuard tells exactly ="...", the formula for a text.
func isFormulaGuard(field string) bool {
	inner, ok := strings.CutPrefix(field, `="`)
	inner, closed := strings.CutSuffix(inner, `"`)
	return ok && closed && !strings.Contains(inner, `"`)
}

// unguarded takes off one mark of text. An apostrophe is one only before what
// a spreadsheet program would calculate or read as a number; our own reports
// write it so, and can be read back.
func unguarded(field string) string {
	if isFormulaGuard(field) {
		return field[len(`="`) : len(field)-len(`"`)]
	}
	inner, ok := strings.CutPrefix(field, "'")
	if ok && (runs(inner) || startsWithDigit(inner)) {
		return inner
	}
	return field
}

func startsWithDigit(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && '0' <= s[0] && s[0] <= '9'
}

// runs tells what a spreadsheet program would calculate, or read as a number
// without its sign (+14155550100).
func runs(field string) bool {
	trimmed := strings.TrimSpace(field)
	return strings.HasPrefix(field, "\t") || strings.HasPrefix(field, "\r") ||
		trimmed != "" && strings.ContainsRune("=+-@", rune(trimmed[0]))
}

func isBlankText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !isBlank(r) })
}

// isBlank tells white space, among it the kinds that can't be seen.
func isBlank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}
