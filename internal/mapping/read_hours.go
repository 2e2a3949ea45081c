package mapping

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
)

// closedWords say that a day has no hours; an empty cell doesn't, it leaves
// the server's default.
var closedWords = setOf("closed|close|closed all day|geschlossen|fermé|ferme|cerrado|chiuso|gesloten|fechado|zu|-|--|休み|定休日")

// allDayWords say that somebody is there all day and all night.
var allDayWords = setOf("24h|24 h|24hrs|24 hrs|24 hours|24hours|open 24 hours|24/7|24x7|24 stunden|24 std|24 heures|24 horas|round the clock|rund um die uhr|always open|always")

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Split(list, "|") {
		set[word] = true
	}
	return set
}

// readDay reads the hours of a day from one cell.
func readDay(e *entry) (any, string) {
	if h, ok := canonical(e.cell.Raw); ok && e.cell.Kind == parse.Text {
		return h, ""
	}
	var h office.Hours
	var p *office.Problem
	if text, ok := hoursText(e.cell); ok {
		h, p = hoursOfText(text)
	} else {
		var m moment
		if m, ok = e.momentOfNumber(); !ok {
			return nil, ""
		}
		h = office.Hours{m.String()}
	}
	if p != nil {
		return e.refuse(p)
	}
	return h, bestRule(h.String() != e.cell.Raw, ruleHours, "")
}

// canonical reads "HH:MM-HH:MM" without allocating what is longer than a pair.
func canonical(text string) (office.Hours, bool) {
	if len(text) != 11 || text[2] != ':' || text[5] != '-' || text[8] != ':' {
		return nil, false
	}
	for _, i := range [...]int{0, 1, 3, 4, 6, 7, 9, 10} {
		if text[i] < '0' || '9' < text[i] {
			return nil, false
		}
	}
	return office.Hours{text[:5], text[6:]}, text[6:] != "00:00" // midnight has a rule of its own
}

// hoursText is the cell as a text with times in it, if that is what it is: the
// number 800 may be shown as 08:00.
func hoursText(c parse.Cell) (text string, ok bool) {
	switch c.Kind {
	case parse.Text:
		return c.Raw, true
	case parse.Number:
		shown := c.Shown()
		return shown, strings.Contains(shown, ":")
	}
	return "", false
}

// hoursOfText reads the hours of a day as people write them.
func hoursOfText(text string) (office.Hours, *office.Problem) {
	return hoursOfPlain(plainHours(locale.Fold(text)))
}

func hoursOfPlain(plain string) (office.Hours, *office.Problem) {
	switch {
	case closedWords[plain]:
		return office.Closed(), nil
	case allDayWords[plain]:
		return office.Hours{clockText(0), clockText(midnight)}, nil
	case strings.HasPrefix(plain, "["):
		return hoursOfJSON(plain)
	case isDate(plain):
		return nil, dateInHours(plain)
	}
	intervals, p := scan(plain)
	if p != nil {
		return nil, p
	}
	return hoursOf(intervals)
}

// hoursOfJSON reads a list of times, as the API has it.
func hoursOfJSON(plain string) (office.Hours, *office.Problem) {
	var times []string
	if err := json.Unmarshal([]byte(plain), &times); err != nil {
		return nil, badTime(`a list looks like ["08:00","18:00"]`, "%q is no list of times", plain)
	}
	hours := make(office.Hours, len(times))
	for i, t := range times {
		m, ok := momentOf(strings.TrimSpace(t))
		if !ok || m.bare {
			return nil, badTime("times are 00:00 to 23:59", "%q is not a time", t)
		}
		hours[i] = m.String()
	}
	return hours, nil
}

// isDate tells a date in digits: 05.09.2026, 2026-09-05, 9/5/2026.
func isDate(plain string) bool {
	if strings.ContainsAny(plain, ": ") { // as nearly all hours do
		return false
	}
	parts := strings.FieldsFunc(plain, func(r rune) bool { return r == '.' || r == '-' || r == '/' })
	if len(parts) != 3 {
		return false
	}
	year := len(parts[0]) == 4 || len(parts[2]) == 4
	return year && isDigits(parts[0]) && isDigits(parts[1]) && isDigits(parts[2])
}

// minuteHair is how far off a minute a day's fraction may be: 0.06 s. Programs
// that save a workbook again lose some digits.
const minuteHair = 0.001

// momentOfNumber is the time of day that a spreadsheet program means by a
// number: the fraction of a day. It is false where it means none; why is noted.
func (e *entry) momentOfNumber() (m moment, ok bool) {
	days, isTime := e.days()
	switch {
	case !isTime:
		e.refuse(badTime(hoursExample, "%q is not a time", e.cell.Raw))
	case e.cell.Kind == parse.Number && (days >= 1 || days == 0):
		e.fail(AmbiguousTime, "write times as 08:00 or 8 am", "%s is a number, not a time", e.cell.Raw)
	case days > 1 && days == math.Floor(days):
		e.refuse(dateInHours(e.cell.Shown()))
	default:
		return e.timeOfDay(days)
	}
	return moment{}, false
}

func (e *entry) days() (days float64, ok bool) {
	if e.cell.Kind == parse.DateTime {
		return e.cell.Serial, e.cell.Serial >= 0
	}
	days, err := strconv.ParseFloat(e.cell.Raw, 64)
	return days, err == nil && e.cell.Kind == parse.Number && days >= 0
}

func (e *entry) timeOfDay(days float64) (m moment, ok bool) {
	if days > 1 {
		if !e.repaired(DatePartIgnored, "format the cell as a time", "%s is a day and a time; the time was taken", e.cell.Shown()) {
			return m, false
		}
		days -= math.Floor(days)
	}
	minutes := days * midnight
	if math.Abs(minutes-math.Round(minutes)) > minuteHair {
		e.refuse(badTime("write times as 08:00", "%s is no time in whole minutes", e.cell.Raw))
		return m, false
	}
	return fixed(int(math.Round(minutes))), true
}
