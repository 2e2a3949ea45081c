package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxKnown bounds what is remembered of a column.
const maxKnown = 512

// cellCache is how the texts of one column were read so far: in most columns rows
// repeat those of the rows before, and need not be read and checked again. A
// column of names is soon found out, and costs nothing more. Nil and the zero
// memory know nothing.
type cellCache struct {
	texts  map[string]*cached
	hits   int
	closed bool // the texts hardly repeat
}

// cached is a value as it was read.
type cached struct {
	value   any            // nobody changes it; nil: none is given
	reading office.Reading // without a rule: it is sent as it stands
	right   bool           // office.Field.Check finds nothing
	place   cell.Address
}

// remembers tells cells whose texts decide alone how they are read.
func (m *cellCache) remembers(cell sheet.Cell) bool {
	return m != nil && !m.closed && cell.Kind == sheet.Text && !cell.Merged
}

// recall is how a text was read at an address; nil: it isn't known.
func (m *cellCache) recall(text string, at cell.Address) *cached {
	k := m.texts[text]
	if k == nil || k.place != at {
		return nil
	}
	m.hits++
	return k
}

// learns tells whether new texts are remembered. Once there are enough of
// them they must have proved their worth.
func (m *cellCache) learns() bool {
	if len(m.texts) < maxKnown {
		return true
	}
	if m.closed = m.hits < maxKnown; m.closed {
		m.texts = nil
	}
	return false
}

func (m *cellCache) learn(text string, k *cached) {
	if m.texts == nil {
		m.texts = make(map[string]*cached)
	}
	m.texts[text] = k
}

// addressFor is what a field is read by.
func (d *draft) addressFor(f *office.Field) cell.Address {
	switch f.Kind {
	case office.Region, office.Phone, office.Zone:
		return cell.Address{Country: d.countryOf(f)}
	case office.Postal:
		return cell.Address{Country: d.countryOf(f), Region: d.regionOf(f)}
	}
	return cell.Address{}
}
