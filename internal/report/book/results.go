package book

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/workbook"
)

// resultColumn is a column of the results, which are the same as in the CSV report.
type resultColumn struct {
	name   string
	width  int // in digits
	look   cellLook
	number bool
	text   func(*report.CSVRow) string
}

// cellLook is how the cells of a column look.
type cellLook int

const (
	plain    cellLook = iota
	exact             // text that stays text if somebody edits it, such as ids
	wrapped           // as many lines as there are problems
	coloured          // by status
)

var resultColumns = []resultColumn{
	{"row", 7, plain, true, func(r *report.CSVRow) string { return r.Row }},
	{"status", 10, coloured, false, func(r *report.CSVRow) string { return r.Status }},
	{"office_id", 20, exact, false, func(r *report.CSVRow) string { return r.OfficeID }},
	{"name", 30, exact, false, func(r *report.CSVRow) string { return r.Name }},
	{"country", 9, exact, false, func(r *report.CSVRow) string { return r.Country }},
	{"problems", 60, plain, false, func(r *report.CSVRow) string { return r.Problems }},
	{"warnings", 60, plain, false, func(r *report.CSVRow) string { return r.Warnings }},
	{"http_status", 12, plain, true, func(r *report.CSVRow) string { return r.HTTPStatus }},
	{"attempts", 10, plain, true, func(r *report.CSVRow) string { return r.Attempts }},
	{"sent_at", 21, exact, false, func(r *report.CSVRow) string { return r.SentAt }},
	{"settled_at", 21, exact, false, func(r *report.CSVRow) string { return r.SettledAt }},
	{"key", 36, exact, false, func(r *report.CSVRow) string { return r.Key }},
	{"company_id", 20, exact, false, func(r *report.CSVRow) string { return r.CompanyID }},
}

// maxResults is how many rows fit on a sheet below the heading.
const maxResults = excelize.TotalRows - 1

// results writes the second sheet.
func (b *workbookReport) results() error {
	end, err := excelize.CoordinatesToCellName(len(resultColumns), min(b.rows.count, maxResults)+1)
	if err != nil {
		return err
	}
	if err := b.layOut(b.resultsName, "A1:"+end); err != nil {
		return err
	}
	styles, err := newResultStyles(b.file)
	if err != nil {
		return err
	}
	sheet, err := b.file.NewStreamWriter(b.resultsName)
	if err != nil {
		return err
	}
	if err := heading(sheet, styles); err != nil {
		return err
	}
	if err := b.lines(sheet, styles); err != nil {
		return err
	}
	return sheet.Flush()
}

// layOut sets what comes before the rows in a sheet's file, because it can't be added once rows are streamed.
func (b *workbookReport) layOut(name, table string) error {
	if err := b.file.AutoFilter(name, table, nil); err != nil { // first, as it resets the sheet's properties
		return err
	}
	if err := b.file.AddIgnoredErrors(name, table, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", name), Scope: name}); err != nil {
		return err
	}
	return b.landscape(name)
}

// landscape fits the width of a sheet to a page.
func (b *workbookReport) landscape(name string) error {
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	return b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)})
}

func heading(sheet *excelize.StreamWriter, styles *resultStyles) error {
	cells := make([]any, len(resultColumns))
	for i, c := range resultColumns {
		if err := sheet.SetColWidth(i+1, i+1, float64(c.width)); err != nil {
			return err
		}
		cells[i] = excelize.Cell{StyleID: styles.heading, Value: c.name}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return sheet.SetRow("A1", cells, excelize.RowOpts{Height: 20})
}

func (b *workbookReport) lines(sheet *excelize.StreamWriter, styles *resultStyles) error {
	number := 1
	for row, err := range b.rows.all() {
		if err != nil {
			return err
		}
		if number++; number > maxResults+1 {
			b.say("the sheet %q is full: it lacks the last %s, which the CSV report has", b.resultsName, report.Counted(b.rows.count-maxResults, b.summary.RowNoun()))
			return nil
		}
		cells, lines := cellsOf(row, styles)
		if err := sheet.SetRow("A"+strconv.Itoa(number), cells, excelize.RowOpts{Height: workbook.RowHeight(lines) + 1}); err != nil {
			return err
		}
	}
	return nil
}

// cellsOf returns the cells of a result, and the number of lines of its longest text.
func cellsOf(row *reportRow, styles *resultStyles) (cells []any, lines int) {
	cells, lines = make([]any, len(resultColumns)), 1
	for i, c := range resultColumns {
		text, style := c.text(&row.Line), styles.looks[c.look]
		if c.look == coloured {
			style = styles.outcomes[office.Outcome(row.Outcome)]
		}
		cells[i] = excelize.Cell{StyleID: style, Value: valueOf(text, c.number)}
		lines = max(lines, linesIn(text, c.width))
	}
	return cells, lines
}

// valueOf returns a cell's value: nil, a number or a text.
func valueOf(text string, number bool) any {
	if text == "" {
		return nil
	}
	if n, err := strconv.Atoi(text); err == nil && number {
		return n
	}
	return text
}
