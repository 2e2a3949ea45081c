package sheet

import (
	"slices"
	"strings"
)

// fillZeros puts digits into a format of zeros and literals, from the right; digits that are left over go before the
// first place. ok is false for any other format.
func fillZeros(format, digits string) (filled string, ok bool) {
	template, ok := zeroTemplate(format, digits == "0")
	if !ok {
		return "", false
	}
	first := strings.IndexByte(template, digitPlace)
	out := make([]byte, 0, len(template)+len(digits)) // from the right
	for i := len(template) - 1; i >= 0; i-- {
		c := template[i]
		if c == digitPlace {
			c, digits = lastDigit(digits)
		}
		out = append(out, c)
		for i == first && digits != "" {
			c, digits = lastDigit(digits)
			out = append(out, c)
		}
	}
	slices.Reverse(out)
	return string(out), true
}

// digitPlace marks where a digit goes in a template, as "0" may be a literal there. No format contains a NUL: XML
// can't hold it.
const digitPlace = '\x00'

// zeroTemplate is a format as a program shows it, with a digitPlace for each digit. It accepts a locale, zeros, "-",
// spaces and literals; with anything else the result isn't certain. The first of several sections is for all numbers
// but zero and negative ones.
func zeroTemplate(format string, zero bool) (string, bool) {
	var b strings.Builder
	places := 0
	if zero && strings.Count(format, ";") > 1 || strings.ContainsAny(format, "<>=") {
		return "", false
	}
	for format != "" && format[0] != ';' {
		n, _ := formatToken(format)
		if format[0] == '0' {
			places += n
			b.WriteString(strings.Repeat("\x00", n))
		} else if text, certain := literalOf(format[:n]); certain {
			b.WriteString(text)
		} else {
			return "", false
		}
		format = format[n:]
	}
	return b.String(), places > 0
}

// literalOf is what a token shows that is no digit, if that is certain.
func literalOf(token string) (text string, certain bool) {
	n := len(token)
	switch {
	case token[0] == '\\':
		return token[1:], n == 2 && token[1] < 0x80
	case token[0] == '"':
		return strings.Trim(token, `"`), n > 1 && token[n-1] == '"' && isASCII(token)
	case strings.HasPrefix(token, "[$-"):
		return "", true
	}
	return token, strings.Trim(token, "-") == "" || strings.Trim(token, " ") == ""
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

func lastDigit(digits string) (byte, string) {
	if digits == "" {
		return '0', ""
	}
	return digits[len(digits)-1], digits[:len(digits)-1]
}
