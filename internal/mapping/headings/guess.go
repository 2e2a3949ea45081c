package headings

import (
	"slices"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// guess finds candidates for unknown headings. A likely typo is unsure even if another column gives the field, as
// Bind stops at it. A heading that only shares words is unsure only if no other column gives the field.
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

// given tells whether a known heading gives what an input would.
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

// gives tells whether a column in one of these states gives, or may give, an input.
func (p *Proposal) gives(in *Input, states ...state) bool {
	return slices.ContainsFunc(p.columns, func(c proposedColumn) bool {
		return slices.Contains(states, c.state) && slices.ContainsFunc(c.inputs, in.isGivenBy)
	})
}

// isGivenBy tells whether a column for the other input gives this one too.
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

// Count says how far a Proposal is complete.
type Count struct {
	Columns    int // all columns of the sheet
	Recognised int // columns whose field is known
	Undecided  int // columns that a person must decide on: unsure ones, and several for one field
	Unused     int // all other columns
	Missing    int // required fields that no column certainly gives
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
