package template

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// headingHeight is the height of the heading row in points: three lines.
const headingHeight = 48

// columnWidths are in characters. A name's column has room for a sentence, that of a yes or no for its heading.
var columnWidths = map[office.Kind]float64{
	office.Text:     26,
	office.LongText: 36,
	office.Enum:     17,
	office.Country:  16,
	office.Region:   15,
	office.Postal:   13,
	office.Bool:     13,
	office.Integer:  10,
	office.ID:       22,
	office.Phone:    18,
	office.Email:    28,
	office.Zone:     22,
	office.DayHours: 26,
	office.Menu:     40,
}

func (t *template) fillOffices() {
	required, optional := t.style(headingStyle(true)), t.style(headingStyle(false))
	text := t.style(excelize.Style{NumFmt: asText})
	for i := range office.Fields {
		f, column := &office.Fields[i], i+1
		t.formatColumn(f, column, text)
		style := optional
		if isRequired(f) {
			style = required
		}
		t.put(officesSheet, column, 1, f.Label, style)
		t.comment(f, column)
		t.restrict(f, column)
	}
	t.do(t.file.SetRowHeight(officesSheet, 1, headingHeight))
	t.freeze(officesSheet)
}

// isRequired tells whether a field must be filled in; one that can take another field's value need not be.
func isRequired(f *office.Field) bool { return f.Required && f.Fallback == "" }

// formatColumn formats the whole column: formatting 5,000 cells would make their rows look used.
func (t *template) formatColumn(f *office.Field, column, text int) {
	name := t.columnName(column)
	t.do(t.file.SetColWidth(officesSheet, name, name, columnWidths[f.Kind]))
	if keepsText(f.Kind) {
		t.do(t.file.SetColStyle(officesSheet, name, text))
	}
}

// keepsText tells whether spreadsheet programs might change what is typed for a field: 02134, +44..., 08:00,
// 5068549373853696. Other kinds are chosen from a list, or are small numbers.
func keepsText(k office.Kind) bool {
	switch k {
	case office.Enum, office.Country, office.Bool, office.Integer:
		return false
	}
	return true
}

func (t *template) freeze(sheet string) {
	t.do(t.file.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "B2", ActiveCell: "B2", Pane: "bottomRight"}}}))
}

// comment attaches the explanation of a field to its heading.
func (t *template) comment(f *office.Field, column int) {
	text := strings.Join(explain(f), "\n")
	t.do(t.file.AddComment(officesSheet, excelize.Comment{
		Cell: t.cell(column, 1), Author: "importer",
		Paragraph: []excelize.RichTextRun{
			{Text: f.Name + "\n", Font: font(true, ink, 9)},
			{Text: text, Font: font(false, ink, 9)},
		},
		Width: commentWidth, Height: commentHeight(text),
	}))
}

// explain is all there is to say about a field, one point per line.
func explain(f *office.Field) []string {
	lines := []string{requirement(f) + ", " + f.Kind.String() + ".", f.Help}
	if values := validValues(f); values != "" {
		lines = append(lines, "Valid: "+values)
	}
	return append(lines, "Example: "+f.Example)
}

// The size of a comment in pixels; spreadsheet programs don't fit it to the text.
const (
	commentWidth       = 320
	commentLine        = 16
	commentLineLetters = 48
)

func commentHeight(text string) uint {
	lines := 2 // the name, and space below
	for l := range strings.SplitSeq(text, "\n") {
		lines += 1 + utf8.RuneCountInString(l)/commentLineLetters
	}
	return uint(lines * commentLine)
}
