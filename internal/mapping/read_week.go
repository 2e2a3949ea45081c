package mapping

import (
	"fmt"

	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
)

// readWeek reads a week from one cell and fills in every day.
func (e *entry) readWeek() (week hours.Week, ok bool) {
	text, isText := hoursText(e.cell)
	if !isText {
		e.refuse(hours.Problem("write Mon-Fri 08:00-18:00; Sat 09:00-13:00", "%q is no week", e.cell.Shown()))
		return week, false
	}
	week, p := hours.ParseWeek(text)
	if p != nil {
		e.refuse(p)
		return week, false
	}
	for day, h := range week {
		if p := office.Weekdays()[day].Check(h); p != nil {
			p.Message = fmt.Sprintf("%s: %s", hours.DayName(day), p.Message)
			e.refuse(p)
			return week, false
		}
	}
	return week, true
}
