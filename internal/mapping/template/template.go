// Package template writes the empty workbook to fill in.
package template

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// The template's sheets. Only Offices begins with headings of offices, so a check picks it.
const (
	officesSheet = "Offices"
	readMeSheet  = "Read me"
	listsSheet   = "Lists" // hidden: what the drop-downs offer
)

// templateRows is how many rows have drop-downs. A row below them is read like any other.
const templateRows = 5000

// Write writes a workbook (.xlsx) to fill in: a sheet "Offices" with a column for every field, headed by its label,
// and a sheet that explains. Columns are formatted as text if a spreadsheet program would change what is typed:
// leading zeros, ids of 16 and more digits, hours.
//
// The template has no row with an example; the explaining sheet has one, one field below the other. Whoever forgot to
// delete an example row would create an office, which can't be deleted.
//
// The bytes are the same every time. An error is one of w.
func Write(w io.Writer) (err error) {
	t := &template{file: excelize.NewFile()}
	defer func() { err = errors.Join(err, t.file.Close()) }()
	t.makeSheets()
	t.fillOffices()
	t.fillReadMe()
	if t.err != nil {
		return fmt.Errorf("template: %w", t.err)
	}
	return t.file.Write(w)
}

// template is the workbook in the making. It keeps the first error, so that the steps read as a list; only a mistake
// in this package causes one.
type template struct {
	file  *excelize.File
	err   error
	lists map[string]string // the range in Lists of each list, by its values
}

func (t *template) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *template) makeSheets() {
	t.do(t.file.SetSheetName(t.file.GetSheetName(0), officesSheet))
	for _, name := range []string{readMeSheet, listsSheet} {
		_, err := t.file.NewSheet(name)
		t.do(err)
	}
	t.do(t.file.SetSheetVisible(listsSheet, false))
	t.do(t.file.SetDocProps(&excelize.DocProperties{Title: "Offices to import", Creator: "importer"}))
}

func (t *template) style(s excelize.Style) int {
	id, err := t.file.NewStyle(&s)
	t.do(err)
	return id
}

func (t *template) put(sheet string, column, row int, text string, style int) {
	cell := t.cell(column, row)
	t.do(t.file.SetCellStr(sheet, cell, text))
	t.do(t.file.SetCellStyle(sheet, cell, cell, style))
}

// cell is the name of a cell; columns and rows count from 1.
func (t *template) cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	t.do(err)
	return name
}

func (t *template) columnName(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	t.do(err)
	return name
}
