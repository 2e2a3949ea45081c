package headings

import (
	"slices"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Proposal is a mapping file as far as the program can tell, for a person to complete. Make one with Propose. It
// never changes, and outlives the sheet.
type Proposal struct {
	file    string
	columns []proposedColumn
	missing []*office.Field // required, and no column may give them
	maybe   []*office.Field // required, and only unsure columns may give them
	e911    bool            // some column may give the E911 address
}

// proposedColumn is a column and what it may be for.
type proposedColumn struct {
	column sheet.Column
	state  state
	inputs []*Input     // the one recognised input, or the candidates
	rival  sheet.Column // another column for the same field, or with the same heading
	sample string       // the first value; empty if none was found
}

// state says how sure we are what a column is for.
type state uint8

const (
	unused     state = iota // its heading is unknown
	recognised              // its heading is known
	unsure                  // its heading is similar to a known one
	contested               // another column gives the same field
	repeated                // another column before it has the same heading
	nameless                // a mapping file can't name its heading
)

// maxSampleRows is in how many rows we look for a sample value.
const maxSampleRows = 200

// Propose looks at the headings of a sheet and at its first rows. Unlike Bind it accepts any heading. An error is one
// of Sheet.Rows.
func Propose(s *sheet.Sheet) (*Proposal, error) {
	p := propose(s)
	return p, p.sampleRows(s)
}

// propose is Propose without samples.
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

// maxName is the longest heading, in bytes, that YAML accepts as a name.
const maxName = 1000

func canName(heading string) bool {
	return locale.Letters(heading) != "" && len(yamlText(heading)) <= maxName
}

// contest finds columns that give the same field; a person must choose one.
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
