package mapping

import (
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// company is whose office the row is: its own cell says it, or what was said of
// all rows that don't. It is false where a row should say and doesn't: created
// in the key's own company it would be a surprise, and can't be undone.
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
