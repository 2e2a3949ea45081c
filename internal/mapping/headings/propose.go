package headings

import (
	"slices"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Proposal is what the program makes of a sheet by itself, as a mapping file
// for a person to complete. Make one with Propose. It is never changed, and may
// be used once the sheet is closed.
type Proposal struct {
	file    string
	columns []proposedColumn
	missing []*office.Field // required, and no column gives or may give them
	maybe   []*office.Field // required, and only columns that are unsure may give them
	e911    bool            // some column may give the E911 address
}

// proposed is a column and what it may be for.
type proposedColumn struct {
	column sheet.Column
	state  state
	inputs []*Input     // the one that is recognised, or the candidates
	rival  sheet.Column // another column for the same field, or of the same heading
	sample string       // the first value; empty if none was found
}

// state says how sure it is what a column is for.
type state uint8

const (
	unused     state = iota // no field goes by its heading
	recognised              // one field does
	unsure                  // some heading that is known is like it
	contested               // another column is for the same field
	repeated                // another column before it has the same heading
	nameless                // it has no heading that a mapping file could name
)

// sampled is in how many rows a value is looked for.
const maxSampleRows = 200

// Propose looks at all headings of a sheet, and at its first rows. Unlike Bind
// it takes any heading. The error is that of Sheet.Rows.
func Propose(s *sheet.Sheet) (*Proposal, error) {
	p := propose(s)
	return p, p.sampleRows(s)
}

// propose is Propose by the headings alone.
func propose(s *sheet.Sheet) *Proposal {
	p := &Proposal{file: s.File}
	for _, c := range s.Columns {
		p.add(c)
	}
	p.contest()
	p.guess()
	p.require()
	return p
}

// add takes in a column by its heading alone.
func (p *Proposal) add(c sheet.Column) {
	key := locale.Letters(c.Name)
	same := slices.IndexFunc(p.columns, func(other proposedColumn) bool { return locale.Letters(other.column.Name) == key })
	next := proposedColumn{column: c}
	in := ByHeading()[key]
	switch {
	case !canName(c.Name):
		next.state = nameless
	case same >= 0:
		next.state, next.rival, next.inputs = repeated, p.columns[same].column, p.columns[same].inputs
	case in != nil:
		next.state, next.inputs = recognised, []*Input{in}
	}
	p.columns = append(p.columns, next)
}

// maxName is the length of a heading, in bytes, as a mapping file can have it;
// YAML reads no longer name.
const maxName = 1000

func canName(heading string) bool {
	return locale.Letters(heading) != "" && len(yamlText(heading)) <= maxName
}

// contest leaves it to a person which of several columns gives a field.
func (p *Proposal) contest() {
	owners := map[string]int{}
	for i := range p.columns {
		c := &p.columns[i]
		if c.state != recognised {
			continue
		}
		for _, slot := range c.inputs[0].Slots {
			if first, taken := owners[slot]; taken {
				p.columns[first].state, p.columns[first].rival = contested, c.column
				c.state, c.rival = contested, p.columns[first].column
				continue
			}
			owners[slot] = i
		}
	}
}
