package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxCached is how many texts of a column are cached.
const maxCached = 512

// cellCache has the values of a column's cells by their text: in most columns texts repeat, and need not be read and
// checked again. The cache turns itself off in a column where they hardly do, such as names. The zero cache is empty;
// a nil one caches nothing.
type cellCache struct {
	values map[string]*cachedValue
	hits   int
	off    bool // texts hardly repeat
}

// cachedValue is a value as it was read.
type cachedValue struct {
	value   any            // never changed; nil: there is none
	reading office.Reading // without a rule if the text is sent as it is
	checked bool           // office.Field.Check found nothing wrong
	address cell.Address
}

// covers tells whether the text of a cell alone decides how it is read.
func (c *cellCache) covers(cell sheet.Cell) bool {
	return c != nil && !c.off && cell.Kind == sheet.Text && !cell.Merged
}

// find returns the value of a text at an address; nil if it isn't cached.
func (c *cellCache) find(text string, at cell.Address) *cachedValue {
	v := c.values[text]
	if v == nil || v.address != at {
		return nil
	}
	c.hits++
	return v
}

// accepts tells whether new texts are added. A full cache that had few hits turns itself off.
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

// addressFor is the part of the address that decides how a field is read.
func (d *draft) addressFor(f *office.Field) cell.Address {
	switch f.Kind {
	case office.Region, office.Phone, office.Zone:
		return cell.Address{Country: d.countryOf(f)}
	case office.Postal:
		return cell.Address{Country: d.countryOf(f), Region: d.regionOf(f)}
	}
	return cell.Address{}
}
