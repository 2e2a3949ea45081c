package mapping

import (
	"strings"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// source is a column of the sheet that a step reads.
type source struct {
	index int // -1: no column
	label string
}

var noColumn = source{index: -1}

// step fills one or several fields of a row.
type step interface{ fill(d *draft) }

// binding fills one field from one column, or from its default if there is no column or the cell is blank.
type binding struct {
	field       *office.Field
	number      int // index of the field in office.Fields
	from        source
	read        cell.Reader
	defaultCell sheet.Cell        // blank if there is none
	meanings    map[string]string // from the mapping file, by folded cell
}

func (b *binding) fill(d *draft) {
	cell, column := d.cell(b.from), b.from.label
	if cell.Kind == sheet.Blank {
		cell, column = b.defaultCell, ""
	}
	if cell.Kind == sheet.Blank {
		return
	}
	if v := b.fromCache(d, cell, column); v != nil {
		b.set(d, v)
		return
	}
	v := b.readCell(d, cell, column)
	b.set(d, &v)
}

// set gives the field its value, if there is one.
func (b *binding) set(d *draft, v *cachedValue) {
	if v.value == nil {
		return
	}
	b.field.Set(&d.request.Office, v.value)
	if d.checked != nil {
		d.checked[b.number] = v.checked
	}
	if v.reading.Rule != "" {
		d.readings = append(d.readings, v.reading)
	}
}

// fromCache reads a cell through the cache. It returns nil if the cell can't be cached and must be read on its own.
func (b *binding) fromCache(d *draft, cell sheet.Cell, column string) *cachedValue {
	cache := d.cache(b)
	if column == "" || !cache.covers(cell) {
		return nil
	}
	at := d.addressFor(b.field)
	if v := cache.find(cell.Raw, at); v != nil {
		return v
	}
	if !cache.accepts() {
		return nil
	}
	cell.Raw = strings.Clone(cell.Raw) // the cache must not keep the whole row in memory
	doubts := len(d.notes.Problems) + len(d.notes.Warnings)
	v := b.readCell(d, cell, column)
	if len(d.notes.Problems)+len(d.notes.Warnings) == doubts { // problems and warnings must be reported for every cell
		v.address, v.checked = at.Clone(), v.value != nil && b.field.Check(v.value) == nil
		cache.add(cell.Raw, &v)
	}
	return &v
}

// readCell reads a cell. The result has no value if the cell can't be used.
func (b *binding) readCell(d *draft, c sheet.Cell, column string) (v cachedValue) {
	e := d.enter(b.field, c, column)
	meant := e.Translate(b.meanings)
	if e.Unusable() {
		d.fail(b.field)
		return v
	}
	value, rule := b.read(e)
	if e.Failed {
		d.fail(b.field)
	}
	if value == nil {
		return v
	}
	v.value = value
	if rule = finalRule(column, meant, rule); rule != "" {
		v.reading = office.Reading{Field: b.field.Name, Column: column, Value: c.Raw, Read: cell.Show(value), Rule: rule}
	}
	return v
}

// finalRule is the rule that a report shows: where the value comes from matters more than how it was spelled.
func finalRule(column string, meant bool, rule string) string {
	switch {
	case column == "":
		return ruleDefault
	case meant:
		return ruleMeaning
	}
	return rule
}
