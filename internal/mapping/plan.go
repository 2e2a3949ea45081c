package mapping

import (
	"sync"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Plan is a sheet whose columns are bound to fields: its rows are requests, as
// often as they are wanted. Make one with Mapping.Bind. It is fine for concurrent
// use, each pass by itself, and of no use once the sheet is closed.
//
// What only all rows together tell is in the Rows that Survey returns.
type Plan struct {
	mapping   *Mapping
	sheet     *sheet.Sheet
	steps     []step
	places    map[string]place // by field
	required  []place          // columns that every office needs
	unnamed   []place          // columns without a heading
	fallbacks []*office.Field
	sections  map[string][]*office.Field
	key       place // the key column; nowhere if names are the keys
	company   place // the column that says whose office a row is; nowhere if all are one company's
	columns   []Column
	warnings  []office.Problem
	rules     cell.Rules
	spare     sync.Pool // of *[]parse.Cell: a batch's cells are the largest thing that a pass allocates
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
	switch in := headings.Named(c.Input); {
	case in == nil || in.Part == headings.Ignored || in.Part == headings.Company:
		return nil
	case in.Part == headings.Week:
		return headings.InWeek()
	default:
		return []string{in.Field.Name}
	}
}

// Columns are all columns of the sheet, in its order.
func (p *Plan) Columns() []Column { return p.columns }

// Warnings are doubts about the file as a whole: those of reading it, and
// those about its headings.
func (p *Plan) Warnings() []office.Problem { return p.warnings }
