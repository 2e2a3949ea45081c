package hours

import (
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Minutes of the day; Midnight is at its end.
const (
	noon     = 12 * 60
	Midnight = 24 * 60
)

// half is the half of the day that a time names.
type half uint8

const (
	noHalf half = iota
	am
	pm
)

// Time is a time of day as somebody wrote it.
type Time struct {
	minute int  // of the day, going by the digits alone: 0 to Midnight
	half   half // as written; minute doesn't include it yet
	bare   bool // an hour alone, like both in "9-5"
	clock  bool // it must be of a 24-hour clock: 08:00, 17:00, 0:30, a fraction of a day
}

// At is a time that needs no interpretation, in minutes of the day.
func At(minute int) Time { return Time{minute: minute, clock: true} }

// in is the minute of the day, provided that the time is in half h.
func (t Time) in(h half) int {
	switch {
	case t.clock || h == noHalf:
		return t.minute
	case h == pm:
		return t.minute%noon + noon
	}
	return t.minute % noon
}

// plausible tells whether the half fits the digits: "14:00 pm" is redundant, "14:00 am" is wrong.
func (t Time) plausible() bool {
	return t.half == noHalf || t.minute < noon+60 || t.half == pm && t.minute < Midnight
}

// String is the time as the digits say it, such as "09:00", whatever the half.
func (t Time) String() string { return ClockText(t.minute) }

// ClockText is a minute of the day as "HH:MM".
func ClockText(minute int) string {
	h, m := minute/60, minute%60
	return string([]byte{byte('0' + h/10), byte('0' + h%10), ':', byte('0' + m/10), byte('0' + m%10)})
}

// time reads a time that starts with a digit: 8, 08, 8:00, 8.30, 8h30, 0800, 08:00:00.
func (s *scanner) time() *office.Problem {
	whole := leadingTime(s.rest)
	t, ok := timeOf(whole)
	if !ok {
		return NewProblem("times are 00:00 to 23:59", "%q is not a time", whole)
	}
	s.rest = s.rest[len(whole):]
	return s.add(t)
}

// leadingTime is the digits at the start with their separators, including the h of "8h30", but not that of "8 h" or
// "8h".
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

// timeOf reads digits with their separators as a time.
func timeOf(text string) (t Time, ok bool) {
	hours, minutes, bare := splitTime(text)
	if strings.HasPrefix(text, "0.") {
		return t, false // a fraction of a day, not half past midnight
	}
	h, okHours := smallNumber(hours, 1)
	n, okMinutes := smallNumber(minutes, 2)
	if !okHours || !okMinutes || h > 24 || n > 59 || h == 24 && n > 0 {
		return t, false
	}
	return Time{minute: 60*h + n, bare: bare, clock: h > 12 || hours[0] == '0'}, true
}

// splitTime parts "8:30", "830" and "8h30"; what has hours alone is bare.
func splitTime(text string) (hours, minutes string, bare bool) {
	i := strings.IndexAny(text, ":.h")
	switch {
	case i >= 0:
		return text[:i], strings.TrimSuffix(text[i+1:], ":00"), false // without seconds
	case len(text) == 3 || len(text) == 4:
		return text[:len(text)-2], text[len(text)-2:], false
	}
	return text, "00", true
}

// smallNumber reads a number of one or two digits, with at least least digits.
func smallNumber(digits string, least int) (n int, ok bool) {
	if len(digits) < least || len(digits) > 2 || !sheet.IsDigits(digits) {
		return 0, false
	}
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n, true
}

// ParseTime reads a single time of day. A text that isn't one is a problem.
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
