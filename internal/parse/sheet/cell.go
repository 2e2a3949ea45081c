package sheet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextCell is a field of a text file as a cell. No type is guessed. The marks
// by which programs say "this is text" are taken off: ="02134" and '02134.
func TextCell(field string) Cell {
	if field == "" {
		return Cell{}
	}
	switch c := field[0]; {
	case c == '#' && ErrorTokens[field]:
		return Cell{Kind: Error, Raw: field}
	case c == '=' || c == '\'':
		field = unguarded(field)
	case c > ' ' && c < utf8.RuneSelf:
		return Cell{Kind: Text, Raw: field}
	}
	if IsBlankText(field) {
		return Cell{}
	}
	return Cell{Kind: Text, Raw: field}
}

// ErrorTokens are what Excel writes for a formula that failed; #NV is #N/A in
// German.
var ErrorTokens = map[string]bool{
	"#N/A": true, "#NV": true, "#REF!": true, "#VALUE!": true,
	"#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true,
}

// IsFormulaGuard tells exactly ="...", the formula for a text.
func IsFormulaGuard(field string) bool {
	inner, ok := strings.CutPrefix(field, `="`)
	inner, closed := strings.CutSuffix(inner, `"`)
	return ok && closed && !strings.Contains(inner, `"`)
}

// unguarded takes off one mark of text. An apostrophe is one only before what
// a spreadsheet program would calculate or read as a number; our own reports
// write it so, and can be read back.
func unguarded(field string) string {
	if IsFormulaGuard(field) {
		return field[len(`="`) : len(field)-len(`"`)]
	}
	inner, ok := strings.CutPrefix(field, "'")
	if ok && (RunsAsFormula(inner) || startsWithDigit(inner)) {
		return inner
	}
	return field
}

func startsWithDigit(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && '0' <= s[0] && s[0] <= '9'
}

// Runs tells what a spreadsheet program would calculate, or read as a number
// without its sign (+14155550100).
func RunsAsFormula(field string) bool {
	trimmed := strings.TrimSpace(field)
	return strings.HasPrefix(field, "\t") || strings.HasPrefix(field, "\r") ||
		trimmed != "" && strings.ContainsRune("=+-@", rune(trimmed[0]))
}

func IsBlankText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !IsBlank(r) })
}

// IsBlank tells white space, among it the kinds that can't be seen.
func IsBlank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}

func IsFilled(c Cell) bool { return c.Kind != Blank }

func IsNamed(c Column) bool { return c.Name != "" }

func IsBlankRow(row Row) bool {
	return len(row.Problems) == 0 && !slices.ContainsFunc(row.Cells, IsFilled)
}
