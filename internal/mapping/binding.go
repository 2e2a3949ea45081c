package mapping

import (
	"strings"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
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
	field     *office.Field
	number    int // of the field in office.Fields
	from      place
	read      cell.Reader
	otherwise sheet.Cell        // the default; blank if there is none
	meanings  map[string]string // what a folded cell means, of the mapping file
}

func (b *binding) fill(d *draft) {
	cell, column := d.cell(b.from), b.from.label
	if cell.Kind == sheet.Blank {
		cell, column = b.otherwise, ""
	}
	if cell.Kind == sheet.Blank {
		return
	}
	if k := b.recall(d, cell, column); k != nil {
		b.put(d, k)
		return
	}
	k := b.readIn(d, cell, column)
	b.put(d, &k)
}

// put gives the field its value, if there is one.
func (b *binding) put(d *draft, k *cached) {
	if k.value == nil {
		return
	}
	b.field.Set(&d.request.Office, k.value)
	if d.right != nil {
		d.right[b.number] = k.right
	}
	if k.reading.Rule != "" {
		d.readings = append(d.readings, k.reading)
	}
}

// recall is what is known of a cell's text, or is found out and will be known
// from now on. Nil: the cell has to be read by itself.
func (b *binding) recall(d *draft, cell sheet.Cell, column string) *cached {
	m := d.cache(b)
	if column == "" || !m.remembers(cell) {
		return nil
	}
	at := d.addressFor(b.field)
	if k := m.recall(cell.Raw, at); k != nil {
		return k
	}
	if !m.learns() {
		return nil
	}
	cell.Raw = strings.Clone(cell.Raw) // to remember it must not hold on to the whole row
	doubts := len(d.notes.Problems) + len(d.notes.Warnings)
	k := b.readIn(d, cell, column)
	if len(d.notes.Problems)+len(d.notes.Warnings) == doubts { // these are to be told of every cell
		k.place, k.right = at.Clone(), k.value != nil && b.field.Check(k.value) == nil
		m.learn(cell.Raw, &k)
	}
	return &k
}

// readIn reads a cell; where its value can't be used, it has none.
func (b *binding) readIn(d *draft, c sheet.Cell, column string) (k cached) {
	e := d.enter(b.field, c, column)
	meant := e.Translate(b.meanings)
	if e.Unusable() {
		d.fail(b.field)
		return k
	}
	value, rule := b.read(e)
	if e.Failed {
		d.fail(b.field)
	}
	if value == nil {
		return k
	}
	k.value = value
	if rule = finalRule(column, meant, rule); rule != "" {
		k.reading = office.Reading{Field: b.field.Name, Column: column, Value: c.Raw, Read: cell.Show(value), Rule: rule}
	}
	return k
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
