package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// weekStep fills the hours of all days from one column.
type weekStep struct {
	from        source
	defaultCell sheet.Cell
	dayDefaults []step // defaults of single days, used if the week is blank
	meanings    map[string]string
}

func (w *weekStep) fill(d *draft) {
	c, column := d.cell(w.from), w.from.label
	if c.Kind == sheet.Blank {
		for _, day := range w.dayDefaults {
			day.fill(d)
		}
		c, column = w.defaultCell, ""
	}
	if c.Kind == sheet.Blank {
		return
	}
	e := d.enter(office.Weekdays()[0], c, column)
	meant := e.Translate(w.meanings)
	if e.Unusable() {
		d.fail(office.Weekdays()...)
		return
	}
	week, ok := e.ReadWeek()
	if !ok {
		d.fail(office.Weekdays()...)
		return
	}
	for i, f := range office.Weekdays() {
		if !f.Has(&d.request.Office) {
			f.Set(&d.request.Office, week[i])
			d.note(f, c.Raw, week[i], finalRule(column, meant, cell.RuleHours), column)
		}
	}
}
