package mapping

import (
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
