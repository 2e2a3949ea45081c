package mapping

import (
	"sync"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Plan is a sheet whose columns are bound to fields: its rows are requests, as
// often as they are wanted. Make one with Mapping.Bind. Not for concurrent use,
// and of no use once the sheet is closed.
//
// ID, Len, Valid, Has and Companies speak of all rows, and know nothing (zero
// values) before Requests has once been read to the end. From then on Requests
// is fine for concurrent use, each pass by itself.
type Plan struct {
	mapping   *Mapping
	sheet     *sheet.Sheet
	steps     []step
	sources   map[string]source // by field
	required  []source          // columns that every office needs
	unnamed   []source          // columns without a heading
	fallbacks []*office.Field
	sections  map[string][]*office.Field
	key       source // the key column; nowhere if names are the keys
	company   source // the column that says whose office a row is; nowhere if all are one company's
	columns   []Column
	warnings  []office.Problem
	rules     cell.Rules
	spare     sync.Pool // of *[]parse.Cell: a batch's cells are the largest thing that a pass allocates
	index     *keyIndex // of the first whole pass
}

// Column is a column of the sheet and what it is for.
type Column struct {
	sheet.Column
	// Input is what the column gives, as mapping files spell it: a field
	// ("billing_address.city"), a part of one ("monday_open", "street_name"),
	// "hours", "company_id", "ignore"; empty where the column isn't used.
	Input string
	// Key says that the column names the row for good.
	Key bool
}

// Fields are the names of the fields that the column fills, alone or together
// with others; empty where it fills none.
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

// Columns are all columns of the sheet, in its order.
func (p *Plan) Columns() []Column { return p.columns }

// Warnings are doubts about the file as a whole: those of reading it, and
// those about its headings.
func (p *Plan) Warnings() []office.Problem { return p.warnings }

// ID is the plan's name, such as "3f9a-c21b-77e0": it says exactly which
// bodies may be sent.
func (p *Plan) ID() string { return p.counts().id }

// Len is the number of rows.
func (p *Plan) Len() int { return p.counts().read }

// Valid is the number of rows without problems.
func (p *Plan) Valid() int { return p.counts().valid }

// Has tells whether some row has this key, be it valid or not: the row that a
// journal speaks of has not left the file.
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
