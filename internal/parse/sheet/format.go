package sheet

import (
	"strings"
)

// classify tells whether a number format shows a time, and whether it shows a date. Literals, colours, conditions and
// locales don't count; the elapsed [h], [m] and [s] do.
func classify(code string) (isTime, hasDate bool) {
	for _, token := range formatTokens(code) {
		switch c := token[0] | 0x20; {
		case token[0] == '[':
			isTime = isTime || isElapsed(token)
		case c == 'y', c == 'd', c == 'b', c == 'g', c == 'e', c == 'm' && len(token) > 2:
			isTime, hasDate = true, true
		case c == 'h', c == 's', c == 'm', c == 'a':
			isTime = true
		}
	}
	return isTime, hasDate
}

// isElapsed accepts [h], [mm] and the like, but not [Red] or [$-409].
func isElapsed(token string) bool {
	inner := strings.ToLower(strings.Trim(token, "[]"))
	return inner != "" && (strings.Trim(inner, "h") == "" || strings.Trim(inner, "m") == "" || strings.Trim(inner, "s") == "")
}

// formatTokens are the parts of a number format that mean something: runs of one letter or digit placeholder,
// brackets, single characters. It leaves out literals ("sec", \-, padding) and the exponent E+00.
func formatTokens(code string) (tokens []string) {
	for code != "" {
		n, literal := formatToken(code)
		if !literal {
			tokens = append(tokens, code[:n])
		}
		code = code[n:]
	}
	return tokens
}

// formatToken returns the length of the token at the front of code.
func formatToken(code string) (n int, literal bool) {
	switch c := code[0]; {
	case c == '"':
		return 1 + closingLength(code[1:], '"'), true
	case c == '[':
		return 1 + closingLength(code[1:], ']'), false
	case c == '\\' || c == '_' || c == '*':
		return min(2, len(code)), true
	case strings.HasPrefix(code[1:], "+") && c|0x20 == 'e', strings.HasPrefix(code[1:], "-") && c|0x20 == 'e':
		return 2, true
	case len(code) >= 7 && strings.EqualFold(code[:7], "General"):
		return 7, true
	}
	return sameLetters(code), false
}

// sameLetters returns how often the first letter is repeated, whatever its case.
func sameLetters(code string) (n int) {
	for n = 1; n < len(code) && code[n]|0x20 == code[0]|0x20; n++ {
	}
	return n
}

// closingLength is the length of s up to and including mark, or all of it.
func closingLength(s string, mark byte) int {
	if i := strings.IndexByte(s, mark); i >= 0 {
		return i + 1
	}
	return len(s)
}

// CellFormat is the number format of a cell and what it shows.
type CellFormat struct {
	Code    string // empty for General
	IsTime  bool   // shows a date or a time of day
	HasDate bool   // shows a year, a day or the name of a month
}

// NewCellFormat classifies a number format code.
func NewCellFormat(code string) CellFormat {
	if strings.EqualFold(code, "General") {
		code = ""
	}
	isTime, hasDate := classify(code)
	return CellFormat{code, isTime, hasDate}
}
