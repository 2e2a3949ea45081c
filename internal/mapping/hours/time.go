package hours

import (
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// time reads a time that starts with a digit: 8, 08, 8:00, 8.30, 8h30, 0800,
// 08:00:00.
func (s *scanner) time() *office.Problem {
	whole := leadingTime(s.rest)
	t, ok := timeOf(whole)
	if !ok {
		return NewProblem("times are 00:00 to 23:59", "%q is not a time", whole)
	}
	s.rest = s.rest[len(whole):]
	return s.add(t)
}

// leadingTime is the digits at the start and what parts them; the h of "8h30"
// too, but not that of "8 h" or "8h".
func leadingTime(text string) string {
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9', c == ':', c == '.':
		case c == 'h' && i+1 < len(text) && sheet.IsDigits(text[i+1:i+2]):
		default:
			return strings.TrimRight(text[:i], ".")
		}
	}
	return strings.TrimRight(text, ".")
}

// momentOf is the moment that digits say.
func timeOf(text string) (t Time, ok bool) {
	hours, minutes, bare := text, "00", false
	if i := strings.IndexAny(text, ":.h"); i >= 0 {
		hours, minutes = text[:i], text[i+1:]
		if text[i] == '.' && hours == "0" {
			return t, false // a fraction of a day, not half past midnight
		}
		minutes = strings.TrimSuffix(minutes, ":00") // seconds
	} else if len(text) == 3 || len(text) == 4 {
		hours, minutes = text[:len(text)-2], text[len(text)-2:]
	} else {
		bare = true
	}
	h, okHours := smallNumber(hours, 1)
	n, okMinutes := smallNumber(minutes, 2)
	if !okHours || !okMinutes || h > 24 || n > 59 || h == 24 && n > 0 {
		return t, false
	}
	return Time{minute: 60*h + n, bare: bare, clock: h > 12 || hours[0] == '0'}, true
}

// smallNumber is a number of one or two digits, at least so many.
func smallNumber(digits string, least int) (n int, ok bool) {
	if len(digits) < least || len(digits) > 2 || !sheet.IsDigits(digits) {
		return 0, false
	}
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n, true
}

func ParseTime(text string) (Time, *office.Problem) {
	plain := Plain(locale.Fold(text))
	if isDate(plain) {
		return Time{}, DateProblem(plain)
	}
	found, p := scan(plain)
	switch {
	case p != nil:
		return Time{}, p
	case len(found) != 1 || !found[0].OpensOnly:
		return Time{}, NewProblem("write one time, such as 08:00", "%q is not one time", text)
	}
	return found[0].Opens, nil
}
