package importer

import (
	"encoding/binary"
	"fmt"
	"slices"

	"officeimporter/internal/office"
)

// canaryPicker picks the few rows to try first: together they have every country, field and valid value that any
// pending row has. The zero value is ready for use. Not for concurrent use.
type canaryPicker struct {
	numbers map[string]uint16    // a number for each trait
	created map[uint16]bool      // traits that a created office has
	rows    map[string]candidate // the first row with each set of traits
}

type candidate struct {
	row    int
	key    office.Key
	traits []uint16
}

// take is a sink. It takes all rows of a file, before pick.
func (p *canaryPicker) take(r office.Result) error {
	switch r.Outcome {
	case office.Ready:
		p.add(&r.Request)
	case office.Created:
		if r.Request.Digest == r.Record.Digest { // otherwise the row was edited, and this version was never sent
			p.markCreated(&r.Request)
		}
	}
	return nil
}

// markCreated notes an office that exists already. Its traits need no trial.
func (p *canaryPicker) markCreated(r *office.Request) {
	if p.created == nil {
		p.created = map[uint16]bool{}
	}
	for _, t := range p.number(traitsOf(&r.Office)) {
		p.created[t] = true
	}
}

// add adds a row that will be sent.
func (p *canaryPicker) add(r *office.Request) {
	if p.rows == nil {
		p.rows = map[string]candidate{}
	}
	traits := p.number(traitsOf(&r.Office))
	var set []byte
	for _, t := range traits {
		set = binary.BigEndian.AppendUint16(set, t)
	}
	if _, known := p.rows[string(set)]; !known {
		p.rows[string(set)] = candidate{r.Row, r.Key, traits}
	}
}

func (p *canaryPicker) number(traits []string) []uint16 {
	if p.numbers == nil {
		p.numbers = map[string]uint16{}
	}
	numbers := make([]uint16, len(traits))
	for i, t := range traits {
		n, known := p.numbers[t]
		if !known {
			n = uint16(len(p.numbers)) // a few hundred: fields times their valid values
			p.numbers[t] = n
		}
		numbers[i] = n
	}
	return numbers
}

// pick returns the rows to try. It is empty if created offices have all traits. It picks the row with the most traits
// that are not covered yet, over and over (the greedy set cover), which comes close to the fewest rows possible.
func (p *canaryPicker) pick() Canary {
	picked, covered := Canary{}, map[uint16]bool{}
	rows := p.sorted()
	for {
		best, most := -1, 0
		for i := range rows {
			if n := p.missing(&rows[i], covered); n > most {
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

// sorted returns the candidates in sheet order, so that the same file always gets the same pick.
func (p *canaryPicker) sorted() []candidate {
	rows := make([]candidate, 0, len(p.rows))
	for _, r := range p.rows {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b candidate) int { return a.row - b.row })
	return rows
}

func (p *canaryPicker) missing(r *candidate, covered map[uint16]bool) (n int) {
	for _, t := range r.traits {
		if !covered[t] && !p.created[t] {
			n++
		}
	}
	return n
}

// traitsOf returns everything that may make a server treat an office differently from others.
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
			for _, key := range f.Get(o).([]office.DTMF) {
				traits = append(traits, "a key of "+key.Options.Action, "a key to a "+key.Options.ActionTargetType)
			}
		}
	}
	slices.Sort(traits)
	return slices.Compact(traits)
}
