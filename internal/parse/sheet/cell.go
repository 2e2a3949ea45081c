package sheet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextCell makes a cell of a field of a text file, without guessing a type. It takes off the marks that programs use
// to say "this is text": ="02134" and '02134.
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

// ErrorTokens are what Excel writes for a formula that failed; #NV is German for #N/A.
var ErrorTokens = map[string]bool{
	"#N/A": true, "#NV": true, "#REF!": true, "#VALUE!": true,
	"#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true,
}

// IsFormulaGuard tells whether the field is exactly ="...", a formula that only protects a text.
func IsFormulaGuard(field string) bool {
	inner, ok := strings.CutPrefix(field, `="`)
	inner, closed := strings.CutSuffix(inner, `"`)
	return ok && closed && !strings.Contains(inner, `"`)
}

// unguarded takes off one mark of text. An apostrophe counts as one only before what a spreadsheet program would
// calculate or read as a number; our reports write it there, and can be read back.
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

// RunsAsFormula tells whether a spreadsheet program would calculate the field, or lose the sign of a number
// (+14155550100).
func RunsAsFormula(field string) bool {
	trimmed := strings.TrimSpace(field)
	return strings.HasPrefix(field, "\t") || strings.HasPrefix(field, "\r") ||
		trimmed != "" && strings.ContainsRune("=+-@", rune(trimmed[0]))
}

// IsBlankText tells whether a text is empty or only white space.
func IsBlankText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !IsBlank(r) })
}

// IsBlank tells whether r is white space, including the invisible kinds.
func IsBlank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}

// IsFilled tells whether the cell has content.
func IsFilled(c Cell) bool { return c.Kind != Blank }

// IsNamed tells whether the column has a heading.
func IsNamed(c Column) bool { return c.Name != "" }

// IsBlankRow tells whether the row has neither content nor problems.
func IsBlankRow(row Row) bool {
	return len(row.Problems) == 0 && !slices.ContainsFunc(row.Cells, IsFilled)
}
