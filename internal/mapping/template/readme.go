package template

import (
	"math"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// advice is the text above the table of fields: topics and sentences, one per row. It must be longer than the 20 rows
// in which we look for a heading, because a row of the table contains words that are headings too.
var advice = [][2]string{
	{"Start", "Fill in the sheet Offices: one row for each office, from row 2 on, without a total below them."},
	{"", "An office costs money and can't be deleted by a program. Nothing is sent until you run the import and say yes."},
	{"Columns", "Dark headings are required. The others may stay empty, or be deleted. Move columns as you like, but keep their headings."},
	{"", "Point at a heading to read what belongs below it. The table further down says the same."},
	{"Empty cells", "A cell that is left empty is not sent, and Dialpad's default holds."},
	{"Zeros, long ids", "Columns for postal codes, ids, telephone numbers and hours are formatted as text, so that 02134 stays 02134."},
	{"", "Paste values only (Paste Special, Values), or the format of where they come from is pasted with them."},
	{"Yes or no", "yes or no; true or false; 1 or 0."},
	{"Opening hours", "08:00-18:00, or with a break 08:00-12:00, 14:00-18:00. Also 8am-6pm, but not 8-6: nobody can tell what it means."},
	{"", "They count only where “Has opening hours” is yes. If it is not, the office is open day and night."},
	{"Closed days", "Write closed. From Monday to Friday an empty cell means 08:00-18:00; on Saturday and Sunday it means closed."},
	{"", "Hours past midnight are cut in two: until 23:59, and from 00:00 on the next day."},
	{"E911", "Where emergency services are sent. Required in the US, Canada, Australia, France, the United Kingdom and New Zealand."},
	{"", "If it is the billing address, say yes under “E911 address same as billing”, and leave the E911 columns empty."},
	{"", "It is a street address, never a post office box."},
	{"Main line", "A number that your company has in Dialpad already, with its country: +1 415 555 0100."},
	{"Time zone", "America/New_York, Europe/Berlin. Names as Windows shows them are read too. EST and the like are not: they mean several."},
	{"Routing", "“Open” is for opening hours, “Closed” for all others. Give both, or neither; each with an action and yes or no for operators."},
	{"", "A target is a type and an id: department and 5068549373853696."},
	{"Phone menu", "What the keys do: 1=voicemail; 2=department department:5068549373853696. A key is 0 to 9, and stands once."},
	{"Names", "Two rows with the same name in one country are taken for the same office, and the second is not sent."},
	{"Check", "importer check offices.xlsx reads every row and says what is wrong. It sends nothing."},
	{"Rehearse", "importer rehearse offices.xlsx does the whole import against a simulator of Dialpad on your own machine."},
	{"Run", "importer run offices.xlsx creates the offices that are missing. It shows what it will do, and asks. Run it again to go on."},
}

// fieldColumns are the columns of the table of fields; width is in characters.
var fieldColumns = []struct {
	title string
	width float64
	of    func(*office.Field) string
}{
	{"Column heading", 34, func(f *office.Field) string { return f.Label }},
	{"Required?", 19, requirement},
	{"What it says", 50, func(f *office.Field) string { return f.Help }},
	{"What is valid", 50, valid},
	{"Example row", 34, func(f *office.Field) string { return f.Example }},
	{"Dialpad's own name", 44, func(f *office.Field) string { return f.Name }},
}

func (t *template) fillReadMe() {
	for i, c := range fieldColumns {
		name := t.columnName(i + 1)
		t.do(t.file.SetColWidth(readMeSheet, name, name, c.width))
	}
	t.put(readMeSheet, 1, 1, "How to fill in this workbook", t.style(plainStyle(true, strong, 18)))
	row := t.fillAdvice(3)
	t.put(readMeSheet, 1, row+1, "The columns, and an example of an office, read downwards", t.style(plainStyle(true, strong, 14)))
	t.fillFields(row + 3)
	t.printLandscape(readMeSheet)
}

// fillAdvice writes the advice from a row on, and returns the row after it.
func (t *template) fillAdvice(row int) int {
	topic, text := t.style(plainStyle(true, ink, fontSize)), t.style(plainStyle(false, ink, fontSize))
	for _, a := range advice {
		if a[0] != "" {
			t.put(readMeSheet, 1, row, a[0], topic)
		}
		t.put(readMeSheet, 2, row, a[1], text)
		row++
	}
	return row
}

// fillFields writes the table with a row for every field.
func (t *template) fillFields(row int) {
	title, label, text := t.style(headingStyle(true)), t.style(tableStyle(true)), t.style(tableStyle(false))
	for i, c := range fieldColumns {
		t.put(readMeSheet, i+1, row, c.title, title)
	}
	for n := range office.Fields {
		for i, c := range fieldColumns {
			style := text
			if i == 0 && isRequired(&office.Fields[n]) {
				style = label
			}
			t.put(readMeSheet, i+1, row+1+n, c.of(&office.Fields[n]), style)
		}
		t.do(t.file.SetRowHeight(readMeSheet, row+1+n, tableHeight(&office.Fields[n])))
	}
}

// tableHeight is the height of a field's row in points, for its longest cell; not every spreadsheet program adjusts
// it by itself.
func tableHeight(f *office.Field) float64 {
	const point, usable = 15, 1.05 // widths count digits, which are wider than letters
	lines := 1.0
	for _, c := range fieldColumns {
		lines = max(lines, math.Ceil(float64(utf8.RuneCountInString(c.of(f)))/(c.width*usable)))
	}
	return lines*point + 3
}

// valid lists the valid values, or else names the kind, which says as much.
func valid(f *office.Field) string {
	if values := validValues(f); values != "" {
		return values
	}
	return f.Kind.String()
}

// requirement says when a field must be filled in.
func requirement(f *office.Field) string {
	switch {
	case isRequired(f):
		return "Required"
	case f.Section() == "e911_address" && f.Fallback == "" && f.Name != "e911_address.address2":
		return "In some countries"
	}
	return "Optional"
}

// a4 is Excel's number for the paper size.
const a4 = 9

func (t *template) printLandscape(sheet string) {
	landscape, paperSize, pages, fit := "landscape", a4, 1, true
	asManyAsNeeded := 0
	t.do(t.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paperSize, FitToWidth: &pages, FitToHeight: &asManyAsNeeded}))
	t.do(t.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}
