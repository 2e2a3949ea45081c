package headings

import (
	"slices"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// guess finds candidates for headings that aren't known. A slip of one that is
// known is unsure whatever the other columns give, as Bind stops at it. One
// that shares words with it is unsure only where no column is known to give
// that field.
func (p *Proposal) guess() {
	for i := range p.columns {
		c := &p.columns[i]
		if c.state != unused {
			continue
		}
		found := inputsBySlip(c.column.Name)
		if len(found) == 0 {
			found = slices.DeleteFunc(inputsByWords(c.column.Name), p.given)
		}
		if len(found) > 0 {
			c.state, c.inputs = unsure, found[:min(maxCandidates, len(found))]
		}
	}
}

// given tells whether a heading that is known gives what an input would.
func (p *Proposal) given(in *Input) bool {
	return slices.ContainsFunc(p.columns, func(c proposedColumn) bool {
		return (c.state == recognised || c.state == contested) &&
			slices.ContainsFunc(c.inputs[0].Slots, func(slot string) bool { return slices.Contains(in.Slots, slot) })
	})
}

// require finds the fields that every office needs and no column gives.
func (p *Proposal) require() {
	for i := range office.Fields {
		f := &office.Fields[i]
		in := ByName(f.Name)
		switch {
		case !f.Required || f.Fallback != "" || p.gives(in, recognised, contested):
		case p.gives(in, unsure):
			p.maybe = append(p.maybe, f)
		default:
			p.missing = append(p.missing, f)
		}
	}
	p.e911 = slices.ContainsFunc(p.columns, func(c proposedColumn) bool {
		return slices.ContainsFunc(c.inputs, func(in *Input) bool {
			return strings.HasPrefix(in.Name, "e911_address.") || in.Name == "use_same_address"
		})
	})
}

// gives tells whether a column in one of the states gives, or may give, an input.
func (p *Proposal) gives(in *Input, states ...state) bool {
	return slices.ContainsFunc(p.columns, func(c proposedColumn) bool {
		return slices.Contains(states, c.state) && slices.ContainsFunc(c.inputs, in.isGivenBy)
	})
}

// isGivenBy tells whether a column of the other input suffices for this one.
func (in *Input) isGivenBy(other *Input) bool {
	return other == in || in.Name == StreetLine && other.Name == "street_name"
}

// sampleRows finds the first value of each column.
func (p *Proposal) sampleRows(s *sheet.Sheet) error {
	rows := 0
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		for i := range p.columns {
			if c := &p.columns[i]; c.sample == "" && c.column.Index < len(row.Cells) {
				c.sample = row.Cells[c.column.Index].Shown()
			}
		}
		if rows++; rows == maxSampleRows {
			break
		}
	}
	return nil
}

// Count is what a Proposal holds.
type Count struct {
	Columns    int // all of the sheet
	Recognised int // columns whose field is known
	Undecided  int // columns that wait for a person: unsure ones, and several for one field
	Unused     int // all other columns
	Missing    int // required fields without a column that gives them for sure
}

// Count counts columns and missing fields.
func (p *Proposal) Count() Count {
	n := Count{Columns: len(p.columns), Missing: len(p.missing) + len(p.maybe)}
	for _, c := range p.columns {
		switch c.state {
		case recognised:
			n.Recognised++
		case unsure, contested:
			n.Undecided++
		default:
			n.Unused++
		}
	}
	return n
}
