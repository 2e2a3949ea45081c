package xlsx

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// pick chooses the sheet: the one that the options name, or else the visible one whose heading is found. It warns of
// hidden sheets that would have fitted.
func (b *Workbook) pick(o sheet.Options) (sheetEntry, []office.Problem, error) {
	if o.Sheet != "" {
		entry, err := b.sheetNamed(o.Sheet)
		return entry, nil, err
	}
	visible, hidden := b.split()
	entry, err := b.onlyFitting(visible, o)
	if err != nil {
		return sheetEntry{}, nil, err
	}
	return entry, b.hiddenSheetWarnings(hidden, o), nil
}

func (b *Workbook) split() (visible, hidden []sheetEntry) {
	for _, s := range b.sheets {
		if s.hidden {
			hidden = append(hidden, s)
		} else {
			visible = append(visible, s)
		}
	}
	return visible, hidden
}

// sheetNamed looks for an exact match first: a file may have both "Offices" and "OFFICES", though spreadsheet
// programs take them for the same.
func (b *Workbook) sheetNamed(name string) (sheetEntry, error) {
	found := b.sheetsWhere(func(s string) bool { return s == name })
	if len(found) == 0 {
		wanted := strings.TrimFunc(name, sheet.IsBlank)
		found = b.sheetsWhere(func(s string) bool { return strings.EqualFold(strings.TrimFunc(s, sheet.IsBlank), wanted) })
	}
	switch len(found) {
	case 0:
		return sheetEntry{}, sheet.Refuse("no_such_sheet", 0, "has no sheet %q; it has %s", name, quotedNames(b.sheets))
	case 1:
		return found[0], nil
	}
	return sheetEntry{}, ambiguousSheet(found)
}

func (b *Workbook) sheetsWhere(fits func(name string) bool) (found []sheetEntry) {
	for _, s := range b.sheets {
		if fits(s.Name) {
			found = append(found, s)
		}
	}
	return found
}

// onlyFitting looks at the first rows of each sheet. A single sheet needs no look: problems with its heading are
// reported later.
func (b *Workbook) onlyFitting(sheets []sheetEntry, o sheet.Options) (sheetEntry, error) {
	if len(sheets) == 1 {
		return sheets[0], nil
	}
	var fitting []sheetEntry
	for _, s := range sheets {
		fits, err := b.fits(s, o)
		if err != nil {
			return sheetEntry{}, err
		}
		if fits {
			fitting = append(fitting, s)
		}
	}
	switch len(fitting) {
	case 0:
		return sheetEntry{}, sheet.Refuse("no_header", 0, "none of its visible sheets (%s) has a row of known headings; "+
			"name one with --sheet, and the row with --header-row", quotedNames(sheets))
	case 1:
		return fitting[0], nil
	}
	return sheetEntry{}, ambiguousSheet(fitting)
}

// fits tells whether a sheet has a heading. The error is one of reading.
func (b *Workbook) fits(s sheetEntry, o sheet.Options) (bool, error) {
	top, err := b.top(s, &sheetLayout{}, o)
	if err != nil {
		return false, err
	}
	_, err = sheet.FindHeading(top, o)
	return err == nil, nil
}

// hiddenSheetWarnings warns of hidden sheets that seem to have offices.
func (b *Workbook) hiddenSheetWarnings(hidden []sheetEntry, o sheet.Options) (warnings []office.Problem) {
	for _, s := range hidden {
		if fits, err := b.fits(s, o); err == nil && fits {
			warnings = append(warnings, office.Problem{
				Kind: "hidden_sheet_skipped", Value: s.Name,
				Message:    fmt.Sprintf("sheet %q is hidden and was not read", s.Name),
				Suggestion: fmt.Sprintf("name it with --sheet %q if it is meant", s.Name),
			})
		}
	}
	return warnings
}

func ambiguousSheet(sheets []sheetEntry) error {
	return sheet.Refuse("ambiguous_sheet", 0, "has several sheets with such a heading: %s; name one with --sheet %q",
		quotedNames(sheets), sheets[0].Name)
}

func quotedNames(sheets []sheetEntry) string {
	if len(sheets) == 0 {
		return "none"
	}
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = fmt.Sprintf("%q", s.Name)
	}
	return strings.Join(names, ", ")
}
