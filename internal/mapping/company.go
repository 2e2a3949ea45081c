package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// company is whose office the row is: what its cell says, or else the company for all rows. known is false if neither
// says it: the office would land in the API key's own company, and could not be deleted.
func (d *draft) company() (id string, known bool) {
	from, given := d.plan.company, d.plan.mapping.company
	if from == noColumn {
		return given, true
	}
	e := d.enter(office.CompanyField, d.cell(from), from.label)
	if e.Cell.Kind == sheet.Blank {
		if given == "" {
			e.Fail(MissingCompany, "give its id, or one for all rows that name none: --company ID", "names no company")
		}
		return given, given != ""
	}
	e.Translate(d.plan.mapping.meanings[office.CompanyID])
	if e.Unusable() {
		return "", false
	}
	id = cell.ReadCompany(e)
	return id, id != ""
}

// PerCompany says that a column tells whose office a row is.
func (p *Plan) PerCompany() bool { return p.company != noColumn }

// Company is whose offices the rows are that name no company; empty: the key's own, or where a column should tell,
// nobody's.
func (p *Plan) Company() string { return p.mapping.company }
