// Package hours reads opening hours as people write them, for a day or a whole week. If hours can be read in two
// ways, they are a problem with a suggestion, never a guess.
package hours

import (
	"encoding/json"
	"fmt"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Kinds of problems with hours; those of valid times in an invalid order are office's.
const (
	AmbiguousTime office.ProblemKind = "ambiguous_time"
	DateInHours   office.ProblemKind = "date_in_hours"
)

// closedWords say that a day has no hours. An empty cell doesn't: the server's default applies then.
var closedWords = setOf("closed|close|closed all day|geschlossen|fermé|ferme|cerrado|chiuso|gesloten|fechado|zu|-|--|休み|定休日")

// allDayWords say that an office is open day and night.
var allDayWords = setOf("24h|24 h|24hrs|24 hrs|24 hours|24hours|open 24 hours|24/7|24x7|24 stunden|24 std|24 heures|24 horas|round the clock|rund um die uhr|always open|always")

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Split(list, "|") {
		set[word] = true
	}
	return set
}

// WholeDay reads words for a whole day: "closed", "24h". ok is false for any other text.
func WholeDay(text string) (h office.Hours, ok bool) {
	switch plain := Plain(locale.Fold(text)); {
	case closedWords[plain]:
		return office.Closed(), true
	case allDayWords[plain]:
		return office.Hours{ClockText(0), ClockText(Midnight)}, true
	}
	return nil, false
}

// ParseDay reads the hours of a day as people write them.
func ParseDay(text string) (office.Hours, *office.Problem) {
	if h, ok := WholeDay(text); ok {
		return h, nil
	}
	plain := Plain(locale.Fold(text))
	switch {
	case strings.HasPrefix(plain, "["):
		return hoursOfJSON(plain)
	case isDate(plain):
		return nil, DateProblem(plain)
	}
	intervals, p := scan(plain)
	if p != nil {
		return nil, p
	}
	return Resolve(intervals)
}

// hoursOfJSON reads a list of times as the API writes it.
func hoursOfJSON(plain string) (office.Hours, *office.Problem) {
	var times []string
	if err := json.Unmarshal([]byte(plain), &times); err != nil {
		return nil, NewProblem(`a list looks like ["08:00","18:00"]`, "%q is no list of times", plain)
	}
	hours := make(office.Hours, len(times))
	for i, text := range times {
		t, ok := timeOf(strings.TrimSpace(text))
		if !ok || t.bare {
			return nil, NewProblem("times are 00:00 to 23:59", "%q is not a time", text)
		}
		hours[i] = t.String()
	}
	return hours, nil
}

// isDate tells whether the text is a date in digits: 05.09.2026, 2026-09-05, 9/5/2026.
func isDate(plain string) bool {
	if strings.ContainsAny(plain, ": ") { // as nearly all hours do
		return false
	}
	parts := strings.FieldsFunc(plain, func(r rune) bool { return r == '.' || r == '-' || r == '/' })
	if len(parts) != 3 {
		return false
	}
	year := len(parts[0]) == 4 || len(parts[2]) == 4
	return year && sheet.IsDigits(parts[0]) && sheet.IsDigits(parts[1]) && sheet.IsDigits(parts[2])
}

// NewProblem makes a problem of kind office.BadTime.
func NewProblem(suggestion, format string, args ...any) *office.Problem {
	return &office.Problem{Kind: office.BadTime, Message: fmt.Sprintf(format, args...), Suggestion: suggestion}
}

// Example is the suggestion for hours that can't be read.
const Example = "write 08:00-12:00, 14:00-18:00, or closed"

// Plain replaces all kinds of dashes and quotes in a folded text by plain ones.
func Plain(folded string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '\u2010' <= r && r <= '\u2015', r == '\u2212', r == '~', r == '\u301c', r == '\ufe58', r == '\u30fc':
			return '-'
		case '\u201c' <= r && r <= '\u201f', r == '«', r == '»':
			return '"'
		}
		return r
	}, folded)
}
