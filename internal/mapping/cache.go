package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxKnown bounds what is remembered of a column.
const maxCached = 512

// cellCache is how the texts of one column were read so far: in most columns rows
// repeat those of the rows before, and need not be read and checked again. A
// column of names is soon found out, and costs nothing more. Nil and the zero
// memory know nothing.
type cellCache struct {
	values map[string]*cachedValue
	hits   int
	off    bool // the texts hardly repeat
}

// cached is a value as it was read.
type cachedValue struct {
	value   any            // nobody changes it; nil: none is given
	reading office.Reading // without a rule: it is sent as it stands
	checked bool           // office.Field.Check finds nothing
	address cell.Address
}

// remembers tells cells whose texts decide alone how they are read.
func (c *cellCache) covers(cell sheet.Cell) bool {
	return c != nil && !c.off && cell.Kind == sheet.Text && !cell.Merged
}

// recall is how a text was read at an address; nil: it isn't known.
func (c *cellCache) find(text string, at cell.Address) *cachedValue {
	v := c.values[text]
	if v == nil || v.address != at {
		return nil
	}
	c.hits++
	return v
}

// learns tells whether new texts are remembered. Once there are enough of
// them they must have proved their worth.
func (c *cellCache) accepts() bool {
	if len(c.values) < maxCached {
		return true
	}
	if c.off = c.hits < maxCached; c.off {
		c.values = nil
	}
	return false
}

func (c *cellCache) add(text string, v *cachedValue) {
	if c.values == nil {
		c.values = make(map[string]*cachedValue)
	}
	c.values[text] = v
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
