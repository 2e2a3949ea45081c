package importer

import (
	"encoding/binary"
	"fmt"
	"slices"

	"officeimporter/internal/office"
)

// cover picks few rows to try first: between them they have every country,
// every field and every valid value that any row of the file has. The zero
// cover is ready for use; it is not for concurrent use.
type cover struct {
	numbers map[string]uint16   // of traits
	proven  map[uint16]bool     // traits of offices that were created
	rows    map[string]coverRow // the first row of each set of traits
}

type coverRow struct {
	row    int
	key    office.Key
	traits []uint16
}

// prove takes in a row that is an office already: what it has needs no trial.
func (c *cover) prove(r *office.Request) {
	if c.proven == nil {
		c.proven = map[uint16]bool{}
	}
	for _, t := range c.number(traitsOf(&r.Office)) {
		c.proven[t] = true
	}
}

// add takes in a row that is to be sent.
func (c *cover) add(r *office.Request) {
	if c.rows == nil {
		c.rows = map[string]coverRow{}
	}
	traits := c.number(traitsOf(&r.Office))
	var set []byte
	for _, t := range traits {
		set = binary.BigEndian.AppendUint16(set, t)
	}
	if _, known := c.rows[string(set)]; !known {
		c.rows[string(set)] = coverRow{r.Row, r.Key, traits}
	}
}

func (c *cover) number(traits []string) []uint16 {
	if c.numbers == nil {
		c.numbers = map[string]uint16{}
	}
	numbers := make([]uint16, len(traits))
	for i, t := range traits {
		n, known := c.numbers[t]
		if !known {
			n = uint16(len(c.numbers)) // a few hundred: fields times their valid values
			c.numbers[t] = n
		}
		numbers[i] = n
	}
	return numbers
}

// pick is the rows to try, by key, with their numbers; none where all that the
// rows have is proven. It takes the row with the most that is not covered yet,
// again and again: no more rows than a logarithm times the fewest possible
// (the greedy set cover).
func (c *cover) pick() Canary {
	picked, covered := Canary{}, map[uint16]bool{}
	rows := c.inOrder()
	for {
		best, most := -1, 0
		for i := range rows {
			if n := c.missing(&rows[i], covered); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return picked
		}
		picked[rows[best].key] = rows[best].row
		for _, t := range rows[best].traits {
			covered[t] = true
		}
	}
}

// inOrder is the rows as the file has them, so that a pick can be repeated.
func (c *cover) inOrder() []coverRow {
	rows := make([]coverRow, 0, len(c.rows))
	for _, r := range c.rows {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b coverRow) int { return a.row - b.row })
	return rows
}

func (c *cover) missing(r *coverRow, covered map[uint16]bool) (n int) {
	for _, t := range r.traits {
		if !covered[t] && !c.proven[t] {
			n++
		}
	}
	return n
}

// traitsOf are what may make a server treat an office otherwise than others.
func traitsOf(o *office.Office) (traits []string) {
	for i := range office.Fields {
		f := &office.Fields[i]
		if !f.Has(o) {
			continue
		}
		traits = append(traits, f.Name)
		switch f.Kind {
		case office.Enum, office.Country, office.Bool:
			traits = append(traits, fmt.Sprintf("%s=%v", f.Name, f.Get(o)))
		case office.DayHours:
			traits = append(traits, fmt.Sprintf("a day of %d times", len(f.Get(o).(office.Hours))))
		case office.Menu:
			traits = append(traits, menuTraits(f.Get(o).([]office.DTMF))...)
		}
	}
	slices.Sort(traits)
	return slices.Compact(traits)
}

func menuTraits(menu []office.DTMF) (traits []string) {
	for _, key := range menu {
		traits = append(traits, "a key of "+key.Options.Action, "a key to a "+key.Options.ActionTargetType)
	}
	return traits
}
