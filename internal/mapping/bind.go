package mapping

import (
	"slices"
	"strings"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Bind finds out which column of the sheet fills which field. If the headings can't be used, the error is an
// *office.InputError with all of their problems: duplicate_header, unknown_header and missing_column.
func (m *Mapping) Bind(s *sheet.Sheet) (*Plan, error) {
	b := binder{mapping: m, sheet: s, inputColumns: map[*headings.Input]sheet.Column{}, taken: map[string]sheet.Column{}, key: noColumn}
	for _, c := range s.Columns {
		b.column(c)
	}
	b.checkMappingFile()
	b.checkRequired()
	if len(b.problems) > 0 {
		return nil, &office.InputError{File: s.File, Unit: s.Unit, Problems: b.problems}
	}
	return b.plan(), nil
}

// binder is a sheet whose headings are being bound.
type binder struct {
	mapping      *Mapping
	sheet        *sheet.Sheet
	inputColumns map[*headings.Input]sheet.Column // the column of each input
	taken        map[string]sheet.Column          // the column that occupies a slot
	columns      []Column
	unnamed      []source
	key          source
	suggested    []*headings.Input // inputs that an unknown heading may mean
	problems     []office.Problem
	warnings     []office.Problem
}

func (b *binder) plan() *Plan {
	p := &Plan{mapping: b.mapping, sheet: b.sheet, key: b.key, company: b.source(office.CompanyID), columns: b.columns, unnamed: b.unnamed, rules: cell.Rules{NoRepairs: b.mapping.noRepairs},
		sources: map[string]source{}, sections: map[string][]*office.Field{}}
	p.warnings = append(slices.Clone(b.sheet.Warnings), b.warnings...)
	for in, c := range b.inputColumns {
		b.addSource(p, in, c)
	}
	for i := range office.Fields {
		f := &office.Fields[i]
		p.sections[f.Section()] = append(p.sections[f.Section()], f)
		if f.Fallback != "" {
			p.fallbacks = append(p.fallbacks, f)
		}
	}
	p.steps = b.steps()
	return p
}

func (b *binder) addSource(p *Plan, in *headings.Input, c sheet.Column) {
	at := sourceOf(c)
	switch in.Part {
	case headings.Week:
		for _, f := range office.Weekdays() {
			p.sources[f.Name] = at
		}
	case headings.Whole, headings.Opens, headings.Street:
		p.sources[in.Field.Name] = at
	}
	if b.mapping.isRequired(in) {
		p.required = append(p.required, at)
	}
}

func sourceOf(c sheet.Column) source { return source{c.Index, c.Label()} }

// steps fill the fields. Countries come first, as other fields are read by the rules of their country; the rest is in
// the order of office.Fields, in which regions come before postal codes.
func (b *binder) steps() []step {
	var steps []step
	_, hasWeek := b.inputColumns[headings.ByName(headings.WeekName)]
	weekly := hasWeek || b.mapping.defaults[headings.WeekName] != ""
	for _, countries := range []bool{true, false} {
		for i := range office.Fields {
			f := &office.Fields[i]
			if (f.Kind == office.Country) == countries && !(weekly && hasWeek && f.Kind == office.DayHours) {
				steps = append(steps, b.step(f))
			}
		}
	}
	if weekly {
		steps = append(steps, b.weekStep(hasWeek))
	}
	return slices.DeleteFunc(steps, func(s step) bool { return s == nil })
}

// step fills one field; nil if nothing gives it.
func (b *binder) step(f *office.Field) step {
	single := b.binding(f)
	if pair := b.dayPair(f); pair != nil {
		return pair
	}
	if f.Name == headings.StreetLine {
		if parts := b.street(); parts != nil {
			return parts
		}
	}
	if single.from == noColumn && single.defaultCell.Kind == sheet.Blank {
		return nil
	}
	return single
}

func (b *binder) binding(f *office.Field) *binding {
	number := slices.IndexFunc(office.Fields, func(g office.Field) bool { return g.Name == f.Name })
	return &binding{field: f, number: number, from: b.source(f.Name), read: cell.ReaderOf(f),
		defaultCell: cell.DefaultCell(b.mapping.defaults[f.Name]), meanings: b.mapping.meanings[f.Name]}
}

func (b *binder) source(name string) source {
	c, ok := b.inputColumns[headings.ByName(name)]
	if !ok {
		return noColumn
	}
	return sourceOf(c)
}

func (b *binder) dayPair(f *office.Field) step {
	if f.Kind != office.DayHours {
		return nil
	}
	day := strings.TrimSuffix(f.Name, "_hours")
	ends := [2]source{b.source(day + "_open"), b.source(day + "_close")}
	if ends[0] == noColumn && ends[1] == noColumn {
		return nil
	}
	return &dayPair{field: f, ends: ends, defaultHours: b.binding(f)}
}

func (b *binder) street() step {
	s := &streetStep{last: b.binding(office.FieldByName(headings.StreetLine))}
	var labels []string
	for _, name := range headings.StreetParts {
		if at := b.source(name); at != noColumn {
			s.parts = append(s.parts, at)
			labels = append(labels, at.label)
		}
	}
	if s.parts == nil {
		return nil
	}
	s.columns = strings.Join(labels, ", ")
	return s
}

func (b *binder) weekStep(hasWeek bool) step {
	w := &weekStep{from: b.source(headings.WeekName), defaultCell: cell.DefaultCell(b.mapping.defaults[headings.WeekName]), meanings: b.mapping.meanings[headings.WeekName]}
	for _, f := range office.Weekdays() {
		if day := b.binding(f); hasWeek && day.defaultCell.Kind != sheet.Blank {
			w.dayDefaults = append(w.dayDefaults, day)
		}
	}
	return w
}
