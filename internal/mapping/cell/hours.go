package cell

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func readDay(e *Entry) (any, string) {
	var h office.Hours
	var p *office.Problem
	if text, ok := HoursText(e.Cell); ok {
		h, p = hours.ParseDay(text)
	} else {
		var t hours.Time
		if t, ok = e.TimeOfNumber(); !ok {
			return nil, ""
		}
		h = office.Hours{t.String()}
	}
	if p != nil {
		return e.Refuse(p)
	}
	return h, RuleIf(h.String() != e.Cell.Raw, RuleHours, "")
}

// HoursText is the cell's text if it has times in it; the number 800 may be shown as 08:00.
func HoursText(c sheet.Cell) (text string, ok bool) {
	switch c.Kind {
	case sheet.Text:
		return c.Raw, true
	case sheet.Number:
		shown := c.Shown()
		return shown, strings.Contains(shown, ":")
	}
	return "", false
}

// minuteTolerance is how far off a whole minute a time may be: 0.06 s. Programs that save a workbook again lose some
// digits.
const minuteTolerance = 0.001

// TimeOfNumber is the time of day that a spreadsheet program means by a number, a fraction of a day. If ok is false,
// the problem is noted.
func (e *Entry) TimeOfNumber() (t hours.Time, ok bool) {
	days, isTime := e.days()
	switch {
	case !isTime:
		e.Refuse(hours.NewProblem(hours.Example, "%q is not a time", e.Cell.Raw))
	case e.Cell.Kind == sheet.Number && (days >= 1 || days == 0):
		e.Fail(hours.AmbiguousTime, "write times as 08:00 or 8 am", "%s is a number, not a time", e.Cell.Raw)
	case days > 1 && days == math.Floor(days):
		e.Refuse(hours.DateProblem(e.Cell.Shown()))
	default:
		return e.timeOfDay(days)
	}
	return hours.Time{}, false
}

func (e *Entry) days() (days float64, ok bool) {
	if e.Cell.Kind == sheet.DateTime {
		return e.Cell.Serial, e.Cell.Serial >= 0
	}
	days, err := strconv.ParseFloat(e.Cell.Raw, 64)
	return days, err == nil && e.Cell.Kind == sheet.Number && days >= 0
}

func (e *Entry) timeOfDay(days float64) (t hours.Time, ok bool) {
	if days > 1 {
		if !e.repaired(DatePartIgnored, "format the cell as a time", "%s is a day and a time; the time was taken", e.Cell.Shown()) {
			return t, false
		}
		days -= math.Floor(days)
	}
	minutes := days * hours.Midnight
	if math.Abs(minutes-math.Round(minutes)) > minuteTolerance {
		e.Refuse(hours.NewProblem("write times as 08:00", "%s is no time in whole minutes", e.Cell.Raw))
		return t, false
	}
	return hours.At(int(math.Round(minutes))), true
}

// ReadWeek reads the hours of all seven days from one cell. If ok is false, the problem is noted.
func (e *Entry) ReadWeek() (week hours.Week, ok bool) {
	text, isText := HoursText(e.Cell)
	if !isText {
		e.Refuse(hours.NewProblem("write Mon-Fri 08:00-18:00; Sat 09:00-13:00", "%q is no week", e.Cell.Shown()))
		return week, false
	}
	week, p := hours.ParseWeek(text)
	if p != nil {
		e.Refuse(p)
		return week, false
	}
	for day, h := range week {
		if p := office.Weekdays()[day].Check(h); p != nil {
			p.Message = fmt.Sprintf("%s: %s", hours.DayName(day), p.Message)
			e.Refuse(p)
			return week, false
		}
	}
	return week, true
}
