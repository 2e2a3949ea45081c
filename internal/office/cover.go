package office

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Cover picks a few rows to send first: together they have every country, every field and every valid value that any
// row of the file has. The zero Cover is ready for use. Not for concurrent use.
type Cover struct {
	numbers map[string]uint16   // by trait
	proven  map[uint16]bool     // traits of offices that exist
	rows    map[string]coverRow // the first row of each set of traits
}

type coverRow struct {
	row    int
	key    Key
	traits []uint16
}

// Prove adds a row that is already an office: what it has needs no trying out.
func (c *Cover) Prove(r *Request) {
	if c.proven == nil {
		c.proven = map[uint16]bool{}
	}
	for _, t := range c.number(traitsOf(&r.Office)) {
		c.proven[t] = true
	}
}

// Add adds a row that is to be sent.
func (c *Cover) Add(r *Request) {
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

func (c *Cover) number(traits []string) []uint16 {
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

// Pick returns the rows to try, by key, with their row numbers; it is empty if everything the rows have is proven. It
// keeps taking the row that adds the most that is still missing (the greedy set cover), so it picks at most a
// logarithm times the fewest rows possible.
func (c *Cover) Pick() map[Key]int {
	picked, covered := map[Key]int{}, map[uint16]bool{}
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

// inOrder returns the rows in file order, so that Pick gives the same answer every time.
func (c *Cover) inOrder() []coverRow {
	rows := make([]coverRow, 0, len(c.rows))
	for _, r := range c.rows {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b coverRow) int { return a.row - b.row })
	return rows
}

func (c *Cover) missing(r *coverRow, covered map[uint16]bool) (n int) {
	for _, t := range r.traits {
		if !covered[t] && !c.proven[t] {
			n++
		}
	}
	return n
}

// traitsOf lists what may make a server treat one office differently from another.
func traitsOf(o *Office) (traits []string) {
	for i := range Fields {
		f := &Fields[i]
		if !f.Has(o) {
			continue
		}
		traits = append(traits, f.Name)
		switch f.Kind {
		case Enum, Country, Bool:
			traits = append(traits, fmt.Sprintf("%s=%v", f.Name, f.Get(o)))
		case DayHours:
			traits = append(traits, fmt.Sprintf("a day of %d times", len(f.Get(o).(Hours))))
		case Menu:
			traits = append(traits, menuTraits(f.Get(o).([]DTMF))...)
		}
	}
	slices.Sort(traits)
	return slices.Compact(traits)
}

func menuTraits(menu []DTMF) (traits []string) {
	for _, key := range menu {
		traits = append(traits, "a key of "+key.Options.Action, "a key to a "+key.Options.ActionTargetType)
	}
	return traits
}
