package cell

import (
	"fmt"

	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
)

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
