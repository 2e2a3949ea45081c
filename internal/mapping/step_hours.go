package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// dayPair fills the hours of a day from two columns: when it opens and when it closes.
type dayPair struct {
	field        *office.Field
	ends         [2]source
	defaultHours *binding // the default of the day; it has no column
}

func (p *dayPair) fill(d *draft) {
	opens, closes := d.cell(p.ends[0]), d.cell(p.ends[1])
	switch {
	case opens.Kind == sheet.Blank && closes.Kind == sheet.Blank:
		p.defaultHours.fill(d)
	case closes.Kind == sheet.Blank:
		p.one(d, opens, p.ends[0])
	case opens.Kind == sheet.Blank:
		p.one(d, closes, p.ends[1])
	default:
		p.both(d, opens, closes)
	}
}

// one takes the day's only filled cell, which may say all, as "closed" does. A time alone is a day that opens but
// doesn't close; office finds that.
func (p *dayPair) one(d *draft, c sheet.Cell, from source) {
	if text, ok := cell.HoursText(c); ok {
		if h, whole := hours.WholeDay(text); whole {
			p.set(d, h, c.Raw, from)
			return
		}
	}
	if t, ok := p.end(d, c, from); ok {
		p.resolve(d, hours.Interval{Opens: t, OpensOnly: true}, c.Raw, from)
	}
}

func (p *dayPair) both(d *draft, opens, closes sheet.Cell) {
	first, ok := p.end(d, opens, p.ends[0])
	if !ok {
		return
	}
	if last, ok := p.end(d, closes, p.ends[1]); ok {
		p.resolve(d, hours.Interval{Opens: first, Closes: last}, opens.Raw+"-"+closes.Raw, p.ends[0])
	}
}

// end reads one time. ok is false if the cell has none; the draft has the problem then.
func (p *dayPair) end(d *draft, c sheet.Cell, from source) (t hours.Time, ok bool) {
	e := d.enter(p.field, c, from.label)
	if e.Unusable() {
		d.fail(p.field)
		return t, false
	}
	text, isText := cell.HoursText(c)
	if !isText {
		t, ok = e.TimeOfNumber()
	} else if found, problem := hours.ParseTime(text); problem != nil {
		e.Refuse(problem)
	} else {
		t, ok = found, true
	}
	if !ok {
		d.fail(p.field)
	}
	return t, ok
}

func (p *dayPair) resolve(d *draft, day hours.Interval, raw string, from source) {
	h, problem := hours.Resolve([]hours.Interval{day})
	if problem != nil {
		d.enter(p.field, sheet.Cell{Kind: sheet.Text, Raw: raw}, from.label).Refuse(problem)
		d.fail(p.field)
		return
	}
	p.set(d, h, raw, from)
}

func (p *dayPair) set(d *draft, h office.Hours, raw string, from source) {
	p.field.Set(&d.request.Office, h)
	d.note(p.field, raw, h, cell.RuleIf(h.String() != raw, cell.RuleHours, ""), from.label)
}

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
