package cell

import (
	"strconv"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxCompanyDigits is how many digits an int64 has at most.
const maxCompanyDigits = 19

// ReadCompany reads a company's id with all of its digits. It is empty if the cell can't be used; the problem is
// noted then.
func ReadCompany(e *Entry) string {
	if e.Cell.Kind != sheet.Text {
		n, _ := readInteger(e)
		if id, ok := n.(int64); ok && id > 0 {
			return strconv.FormatInt(id, 10)
		}
		return e.failCompany()
	}
	text, _ := TidyLine(e.Cell.Raw)
	switch {
	case isScientific(text) || sheet.IsDigits(text) && lostLastDigits(text):
		e.precisionLost()
	case sheet.IsDigits(text) && len(text) <= maxCompanyDigits:
		return strings.Clone(text) // so as not to keep the whole row in memory
	}
	return e.failCompany()
}

func (e *Entry) failCompany() string {
	if !e.Failed {
		e.Fail(BadCompany, "digits alone, such as "+office.CompanyField.Example, "%q is not a company's id", e.Cell.Shown())
	}
	return ""
}

// CheckCompany says what is wrong with an id for all rows, or nil.
func CheckCompany(value string) *office.Problem {
	var notes Notes
	e := NewEntry(office.CompanyField, DefaultCell(value), "", Address{}, new(Rules), &notes)
	ReadCompany(&e)
	return notes.first()
}
