package mapping

import (
	"strconv"
	"strings"

	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// CompanyColumn describes the column as office.Fields does those of fields. It
// has no value in an Office.
func CompanyColumn() *office.Field { return office.CompanyField }

// maxCompanyDigits is how many digits an int64 has at most.
const maxCompanyDigits = 19

// company is whose office the row is: its own cell says it, or what was said of
// all rows that don't. It is false where a row should say and doesn't: created
// in the key's own company it would be a surprise, and can't be undone.
func (d *draft) company() (id string, known bool) {
	from, given := d.plan.company, d.plan.mapping.company
	if from == nowhere {
		return given, true
	}
	e := d.enter(office.CompanyField, d.cell(from), from.label)
	if e.cell.Kind == sheet.Blank {
		if given == "" {
			e.fail(MissingCompany, "give its id, or one for all rows that name none: --company ID", "names no company")
		}
		return given, given != ""
	}
	e.translate(d.plan.mapping.meanings[office.CompanyID])
	if e.unusable() {
		return "", false
	}
	id = readCompany(e)
	return id, id != ""
}

// readCompany reads an id, all of its digits; empty where it can't be used.
func readCompany(e *entry) string {
	if e.cell.Kind != sheet.Text {
		n, _ := readInteger(e)
		if id, ok := n.(int64); ok && id > 0 {
			return strconv.FormatInt(id, 10)
		}
		return e.noCompany()
	}
	text, _ := tidyLine(e.cell.Raw)
	switch {
	case inScientific(text) || hours.IsDigits(text) && lostItsEnd(text):
		e.precisionLost()
	case hours.IsDigits(text) && len(text) <= maxCompanyDigits:
		return strings.Clone(text) // not to hold on to the whole row
	}
	return e.noCompany()
}

func (e *entry) noCompany() string {
	if !e.failed {
		e.fail(BadCompany, "digits alone, such as "+office.CompanyField.Example, "%q is not a company's id", e.cell.Shown())
	}
	return ""
}

// checkCompany says what is wrong with an id for all rows.
func checkCompany(value string) *office.Problem {
	d := &draft{plan: &Plan{mapping: &Mapping{}}}
	readCompany(d.enter(office.CompanyField, standby(value), ""))
	if len(d.problems) == 0 {
		return nil
	}
	return &office.Problem{Message: d.problems[0].Message, Suggestion: d.problems[0].Suggestion}
}
