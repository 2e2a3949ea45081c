package mapping

import (
	"sync"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Plan is a sheet whose columns are bound to fields. It turns rows into requests, as often as you like. Make one
// with Mapping.Bind; it can't be used once the sheet is closed.
//
// ID, Len, Valid, Has and Companies are about all rows: they return zero values until Requests has been read to the
// end once. Until then a Plan is not for concurrent use; after it, its methods are.
type Plan struct {
	mapping   *Mapping
	sheet     *sheet.Sheet
	steps     []step
	sources   map[string]source // the column of each field
	required  []source          // columns of fields that every office needs
	unnamed   []source          // columns without a heading
	fallbacks []*office.Field
	sections  map[string][]*office.Field
	key       source // the key column; noColumn if names are the keys
	company   source // the column that says whose office a row is, if there is one
	columns   []Column
	warnings  []office.Problem
	rules     cell.Rules
	spare     sync.Pool // of *[]sheet.Cell for batches, the largest thing that a pass allocates
	index     *keyIndex // from the first complete pass; nil before it
}

// Column is a column of the sheet and what it is used for.
type Column struct {
	sheet.Column
	// Input is what the column gives, as mapping files spell it: a field ("billing_address.city"), a part of one
	// ("monday_open", "street_name"), "hours", "company_id" or "ignore"; empty if the column isn't used.
	Input string
	// Key says that the column identifies the row.
	Key bool
}

// Fields are the names of the fields that the column fills, alone or together with others; nil if it fills none.
func (c Column) Fields() []string {
	switch in := headings.ByName(c.Input); {
	case in == nil || in.Part == headings.Ignored || in.Part == headings.Company:
		return nil
	case in.Part == headings.Week:
		return headings.WeekFields()
	default:
		return []string{in.Field.Name}
	}
}

// Columns are all columns of the sheet in order.
func (p *Plan) Columns() []Column { return p.columns }

// Warnings are those about the file as a whole: about reading it and about its headings.
func (p *Plan) Warnings() []office.Problem { return p.warnings }

// ID is the plan's name, such as "3f9a-c21b-77e0": it says exactly which requests may be sent.
func (p *Plan) ID() string { return p.counts().id }

// Len is the number of rows.
func (p *Plan) Len() int { return p.counts().read }

// Valid is the number of rows without problems.
func (p *Plan) Valid() int { return p.counts().valid }

// Has tells whether any row has this key, valid or not: then the row that a journal speaks of is still in the file.
func (p *Plan) Has(key office.Hash) bool {
	_, ok := p.counts().rows[key]
	return ok
}

func (p *Plan) counts() *keyIndex {
	if p.index == nil {
		return &keyIndex{}
	}
	return p.index
}
