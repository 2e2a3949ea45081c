package mapping

import (
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// weekStep fills the hours of all days from one column.
type weekStep struct {
	from     place
	standby  sheet.Cell
	days     []step // defaults of single days, where the week is blank
	meanings map[string]string
}

func (w *weekStep) fill(d *draft) {
	cell, column := d.cell(w.from), w.from.label
	if cell.Kind == sheet.Blank {
		for _, day := range w.days {
			day.fill(d)
		}
		cell, column = w.standby, ""
	}
	if cell.Kind == sheet.Blank {
		return
	}
	e := d.enter(office.Weekdays()[0], cell, column)
	meant := e.translate(w.meanings)
	if e.unusable() {
		d.fail(office.Weekdays()...)
		return
	}
	week, ok := e.readWeek()
	if !ok {
		d.fail(office.Weekdays()...)
		return
	}
	for i, f := range office.Weekdays() {
		if !f.Has(&d.request.Office) {
			f.Set(&d.request.Office, week[i])
			d.note(f, cell.Raw, week[i], finalRule(column, meant, ruleHours), column)
		}
	}
}
