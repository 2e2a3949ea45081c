package mapping

import (
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxKnown bounds what is remembered of a column.
const maxKnown = 512

// memory is how the texts of one column were read so far: in most columns rows
// repeat those of the rows before, and need not be read and checked again. A
// column of names is soon found out, and costs nothing more. Nil and the zero
// memory know nothing.
type memory struct {
	texts  map[string]*known
	hits   int
	closed bool // the texts hardly repeat
}

// known is a value as it was read.
type known struct {
	value   any            // nobody changes it; nil: none is given
	reading office.Reading // without a rule: it is sent as it stands
	right   bool           // office.Field.Check finds nothing
	place   address
}

// address is what values are read by beside their own cells.
type address struct{ country, region string }

// remembers tells cells whose texts decide alone how they are read.
func (m *memory) remembers(cell sheet.Cell) bool {
	return m != nil && !m.closed && cell.Kind == sheet.Text && !cell.Merged
}

// recall is how a text was read at an address; nil: it isn't known.
func (m *memory) recall(text string, at address) *known {
	k := m.texts[text]
	if k == nil || k.place != at {
		return nil
	}
	m.hits++
	return k
}

// learns tells whether new texts are remembered. Once there are enough of
// them they must have proved their worth.
func (m *memory) learns() bool {
	if len(m.texts) < maxKnown {
		return true
	}
	if m.closed = m.hits < maxKnown; m.closed {
		m.texts = nil
	}
	return false
}

func (m *memory) learn(text string, k *known) {
	if m.texts == nil {
		m.texts = make(map[string]*known)
	}
	m.texts[text] = k
}

// addressFor is what a field is read by.
func (d *draft) addressFor(f *office.Field) address {
	switch f.Kind {
	case office.Region, office.Phone, office.Zone:
		return address{country: d.countryOf(f)}
	case office.Postal:
		return address{country: d.countryOf(f), region: d.regionOf(f)}
	}
	return address{}
}

func (a address) clone() address {
	return address{strings.Clone(a.country), strings.Clone(a.region)}
}
