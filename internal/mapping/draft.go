package mapping

import (
	"slices"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// draft is a row on its way into a request. A worker reuses one for all of its rows.
type draft struct {
	plan     *Plan
	row      sheet.Row
	request  *office.Request
	entry    cell.Entry // the cell that is being read
	notes    cell.Notes
	readings []office.Reading
	failed   []*office.Field // fields that have a problem; further problems would only repeat it
	caches   []cellCache     // cells of earlier rows, by binding.number; nil: don't cache
	checked  []bool          // fields whose values were checked already, by binding.number
}

// newDraft makes a draft with a cache, for many rows.
func newDraft(p *Plan) *draft {
	return &draft{plan: p, caches: make([]cellCache, len(office.Fields)), checked: make([]bool, len(office.Fields))}
}

func (d *draft) cache(b *binding) *cellCache {
	if d.caches == nil {
		return nil
	}
	return &d.caches[b.number]
}

func (d *draft) cell(from source) sheet.Cell {
	if from.index < 0 || from.index >= len(d.row.Cells) {
		return sheet.Cell{}
	}
	return d.row.Cells[from.index]
}

func (d *draft) enter(f *office.Field, c sheet.Cell, column string) *cell.Entry {
	d.entry = cell.NewEntry(f, c, column, d.addressFor(f), &d.plan.rules, &d.notes)
	return &d.entry
}

func (d *draft) fail(fields ...*office.Field) { d.failed = append(d.failed, fields...) }

// note records how a value was read, unless it is sent as it is.
func (d *draft) note(f *office.Field, raw string, value any, rule, column string) {
	if rule != "" {
		d.readings = append(d.readings, office.Reading{Field: f.Name, Column: column, Value: raw, Read: cell.Show(value), Rule: rule})
	}
}

// mapRow makes a request of a row. The request shares nothing with the draft.
func (d *draft) mapRow(row sheet.Row) (*office.Request, error) {
	d.row, d.request = row, &office.Request{Row: row.Number}
	d.notes, d.readings, d.failed = cell.Notes{}, d.readings[:0], d.failed[:0]
	clear(d.checked)
	for _, s := range d.plan.steps {
		s.fill(d)
	}
	d.fillFallbacks()
	same := d.fillSameAddress()
	if company, known := d.company(); known {
		d.request.Company = company
		d.request.Key = d.key()
	}
	d.validate(same)
	d.collectProblems()
	d.request.Readings = slices.Clone(d.readings)
	if !d.request.Valid() {
		return d.request, nil
	}
	return d.request, d.request.Seal()
}

// fillFallbacks takes the value of another field where a field has none. Optional fields get one only in a section
// that has other values, so that no address comes into being by fallbacks alone.
func (d *draft) fillFallbacks() {
	o := &d.request.Office
	for _, f := range d.plan.fallbacks {
		other := office.FieldByName(f.Fallback)
		if f.Required && !f.Has(o) && !other.Has(o) {
			d.fail(f) // the other field's problem is enough
			continue
		}
		if f.Has(o) || !other.Has(o) || slices.Contains(d.failed, f) || !f.Required && !d.hasSection(f.Section()) {
			continue
		}
		value := other.Get(o)
		f.Set(o, value)
		d.note(f, cell.Show(value), value, ruleFallback, "")
	}
}

func (d *draft) hasSection(section string) bool {
	for _, f := range d.plan.sections[section] {
		if f.Has(&d.request.Office) {
			return true
		}
	}
	return false
}

// fillSameAddress fills the E911 address from the billing address if the row says so, and tells whether it does:
// fields that are missing in one are missing in the other.
func (d *draft) fillSameAddress() bool {
	o := &d.request.Office
	same := o.UseSameAddress != nil && *o.UseSameAddress && !d.hasSection("e911_address")
	for _, name := range office.FillE911(o) {
		f := office.FieldByName(name)
		value := f.Get(o)
		d.note(f, cell.Show(value), value, ruleSame, "")
	}
	return same
}

// key identifies the row; it is empty if the row lacks what it takes.
func (d *draft) key() office.Key {
	p := d.plan
	if p.key.index >= 0 {
		return d.columnKey()
	}
	if o := &d.request.Office; o.Name != "" && o.Country != "" {
		return office.NameKey(d.request.Company, o.Name, o.Country)
	}
	return ""
}

// keyField represents the key column in problems; an office has no such field.
var keyField = &office.Field{Name: "", Kind: office.Text}

func (d *draft) columnKey() office.Key {
	e := d.enter(keyField, d.cell(d.plan.key), d.plan.key.label)
	if e.Cell.Kind == sheet.Blank {
		e.Fail(MissingKey, "give every row a key of its own", "is empty, but names the row")
	}
	if e.Failed || e.Unusable() {
		return ""
	}
	text, _, ok := e.Line()
	if !ok || text == "" {
		return ""
	}
	return office.ColumnKey(d.request.Company, text)
}

// countryOf is the country that decides how a field is read: that of its address, or else the office's. It is empty
// if neither is known.
func (d *draft) countryOf(f *office.Field) string {
	o := &d.request.Office
	own := ""
	switch f.Section() {
	case "billing_address", "billing_contact":
		own = o.BillingAddress.Country
	case "e911_address":
		own = o.E911Address.Country
	}
	if own == "" {
		return o.Country
	}
	return own
}

// regionOf is the state or province of a postal code's address.
func (d *draft) regionOf(f *office.Field) string {
	if f.Section() == "e911_address" {
		return d.request.Office.E911Address.State
	}
	return d.request.Office.BillingAddress.Region
}
