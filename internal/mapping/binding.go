package mapping

import (
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
)

// place is a column of the sheet that a step reads.
type place struct {
	index int // -1: no column
	label string
}

var nowhere = place{index: -1}

// A step fills one or several fields of a row.
type step interface{ fill(d *draft) }

// binding fills one field from one column, or from its default where there is
// no column or the cell is blank.
type binding struct {
	field    *office.Field
	from     place
	read     reader
	standby  parse.Cell        // the default; blank if there is none
	meanings map[string]string // what a folded cell means, of the mapping file
}

func (b *binding) fill(d *draft) {
	cell, column := d.cell(b.from), b.from.label
	if cell.Kind == parse.Blank {
		cell, column = b.standby, ""
	}
	if cell.Kind == parse.Blank {
		return
	}
	e := d.enter(b.field, cell, column)
	meant := e.translate(b.meanings)
	if e.unusable() {
		d.fail(b.field)
		return
	}
	value, rule := b.read(e)
	if e.failed {
		d.fail(b.field)
	}
	if value == nil {
		return
	}
	b.field.Set(&d.request.Office, value)
	d.note(b.field, cell.Raw, value, finalRule(column, meant, rule), column)
}

// finalRule names where a value comes from before how it was spelled.
func finalRule(column string, meant bool, rule string) string {
	switch {
	case column == "":
		return ruleDefault
	case meant:
		return ruleMeaning
	}
	return rule
}

// translate puts what the mapping file says that the cell means in its place.
func (e *entry) translate(meanings map[string]string) bool {
	if meanings == nil || e.cell.Kind == parse.Formula {
		return false
	}
	meaning, ok := meanings[locale.Fold(e.cell.Shown())]
	if ok {
		e.cell = parse.Cell{Kind: parse.Text, Raw: meaning}
	}
	return ok
}

// dayPair fills the hours of a day from a column where it opens and one where
// it closes.
type dayPair struct {
	field   *office.Field
	ends    [2]place
	standby *binding // the default of the day; its column is nowhere
}

func (p *dayPair) fill(d *draft) {
	opens, closes := d.cell(p.ends[0]), d.cell(p.ends[1])
	if opens.Kind == parse.Blank && closes.Kind == parse.Blank {
		p.standby.fill(d)
		return
	}
	var intervals []interval
	for i, cell := range []parse.Cell{opens, closes} {
		if cell.Kind == parse.Blank {
			continue
		}
		found, done := p.end(d, cell, p.ends[i], i == 0 && closes.Kind == parse.Blank || i == 1 && opens.Kind == parse.Blank)
		if done {
			return
		}
		intervals = append(intervals, found)
	}
	p.set(d, intervals, opens.Raw+"-"+closes.Raw)
}

// end reads one end of the day. It is done where there is a problem, or where
// the one cell says all of the day: "closed", "24h".
func (p *dayPair) end(d *draft, cell parse.Cell, from place, alone bool) (v interval, done bool) {
	e := d.enter(p.field, cell, from.label)
	if e.unusable() {
		d.fail(p.field)
		return v, true
	}
	text, isText := hoursText(cell)
	if !isText {
		m, ok := e.momentOfNumber()
		if !ok {
			d.fail(p.field)
		}
		return interval{opens: m, alone: true}, !ok
	}
	plain := plainHours(locale.Fold(text))
	if alone && (closedWords[plain] || allDayWords[plain]) {
		h, _ := hoursOfPlain(plain)
		p.field.Set(&d.request.Office, h)
		d.note(p.field, cell.Raw, h, ruleHours, from.label)
		return v, true
	}
	found, problem := scan(plain)
	if problem == nil && (len(found) != 1 || !found[0].alone) {
		problem = badTime("write one time, such as 08:00", "%q is not one time", text)
	}
	if problem != nil {
		e.refuse(problem)
		d.fail(p.field)
		return v, true
	}
	return found[0], false
}

// set puts both ends together; one alone is a day that opens and doesn't
// close, which office.Validate finds.
func (p *dayPair) set(d *draft, ends []interval, value string) {
	day := ends[:1]
	if len(ends) == 2 {
		day = []interval{{opens: ends[0].opens, closes: ends[1].opens}}
	}
	h, problem := hoursOf(day)
	if problem != nil {
		e := d.enter(p.field, parse.Cell{Kind: parse.Text, Raw: value}, p.ends[0].label)
		e.refuse(problem)
		d.fail(p.field)
		return
	}
	p.field.Set(&d.request.Office, h)
	rule := bestRule(h.String() != value, ruleHours, "")
	d.note(p.field, value, h, rule, p.ends[0].label)
}

// weekStep fills the hours of all days from one column.
type weekStep struct {
	from     place
	standby  parse.Cell
	days     []step // defaults of single days, where the week is blank
	meanings map[string]string
}

func (w *weekStep) fill(d *draft) {
	cell, column := d.cell(w.from), w.from.label
	if cell.Kind == parse.Blank {
		for _, day := range w.days {
			day.fill(d)
		}
		cell, column = w.standby, ""
	}
	if cell.Kind == parse.Blank {
		return
	}
	e := d.enter(weekdays()[0], cell, column)
	meant := e.translate(w.meanings)
	if e.unusable() {
		d.fail(weekdays()...)
		return
	}
	week, ok := e.readWeek()
	if !ok {
		d.fail(weekdays()...)
		return
	}
	for i, f := range weekdays() {
		if !f.Has(&d.request.Office) {
			f.Set(&d.request.Office, week[i])
			d.note(f, cell.Raw, week[i], finalRule(column, meant, ruleHours), column)
		}
	}
}

// streetStep joins the parts of a street line in order; it never changes one.
type streetStep struct {
	parts   []place
	last    *binding // reads the joined line, and knows the default
	columns string   // the headings of the parts, for messages
}

func (s *streetStep) fill(d *draft) {
	var words []string
	for _, from := range s.parts {
		cell := d.cell(from)
		if cell.Kind == parse.Blank {
			continue
		}
		e := d.enter(s.last.field, cell, from.label)
		if e.unusable() {
			d.fail(s.last.field)
			return
		}
		text, _, ok := e.line()
		if !ok {
			d.fail(s.last.field)
			return
		}
		words = append(words, text)
	}
	if len(words) == 0 {
		s.last.fill(d)
		return
	}
	line := strings.Join(words, " ")
	s.last.field.Set(&d.request.Office, line)
	d.note(s.last.field, line, line, ruleStreet, s.columns)
}
