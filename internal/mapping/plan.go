package mapping

import (
	"sync"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Plan is a sheet whose columns are bound to fields: its rows are requests, as often as they are wanted. Make one
// with Mapping.Bind. It is fine for concurrent use, each pass by itself, and of no use once the sheet is closed.
//
// What only all rows together tell is in the Rows that Survey returns.
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
	spare     sync.Pool // of *[]sheet.Cell: a batch's cells are the largest thing that a pass allocates
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
