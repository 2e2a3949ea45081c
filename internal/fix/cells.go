package fix

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx"
)

// noValue replaces errors without a text of their own, and formulas without a value: elsewhere, they would compute
// something else.
const noValue = "#N/A"

// put writes a cell as it is stored: a number by its digits, not as a float.
func (x *workbookExcerpt) put(column int, cell sheet.Cell, style int) error {
	ref, err := excelize.CoordinatesToCellName(column, x.last)
	if err != nil {
		return err
	}
	x.cells++
	switch cell.Kind {
	case sheet.Number, sheet.DateTime:
		err = x.file.SetCellDefault(x.name, ref, cell.Raw)
	case sheet.Bool:
		err = x.file.SetCellBool(x.name, ref, cell.Raw == "TRUE")
	case sheet.Text:
		err = x.file.SetCellStr(x.name, ref, xlsx.EscapeXstring(guarded(cell)))
	case sheet.Error:
		err = x.file.SetCellStr(x.name, ref, errorText(cell.Raw))
	case sheet.Formula:
		err = x.file.SetCellStr(x.name, ref, noValue)
	}
	if err != nil || style == 0 {
		return err
	}
	return x.file.SetCellStyle(x.name, ref, ref, style)
}

func errorText(token string) string {
	if sheet.ErrorTokens[token] {
		return token
	}
	return noValue
}

// putISO writes a date that is stored as an ISO text as a number, which all programs read.
func (x *workbookExcerpt) putISO(column int, cell sheet.Cell) error {
	serial, format := cell.Serial, "hh:mm:ss"
	if serial >= 1 {
		format = "yyyy-mm-dd hh:mm:ss"
		if x.Workbook.Date1904 {
			serial -= sheet.Days1904
		}
	}
	style, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	raw := strconv.FormatFloat(serial, 'f', -1, 64)
	return x.put(column, sheet.Cell{Kind: sheet.DateTime, Raw: raw}, style)
}

// setWidths keeps the column widths. Hidden columns are shown: the wrong cell may be there.
func (x *workbookExcerpt) setWidths() error {
	for _, w := range x.Layout.Widths {
		for i := w.First; i <= min(w.Last, len(x.Columns)-1); i++ {
			if at := x.target(i); at > 0 && w.Width > 0 && w.Width <= excelize.MaxColumnWidth {
				if err := x.setWidth(at, w.Width); err != nil {
					return err
				}
			}
		}
	}
	if err := x.setWidth(1, statusWidth); err != nil {
		return err
	}
	return x.setWidth(2, problemsWidth)
}

const (
	statusWidth   = 14
	problemsWidth = 60
)

func (x *workbookExcerpt) setWidth(column int, width float64) error {
	letter := sheet.ColumnLetter(column - 1)
	return x.file.SetColWidth(x.name, letter, letter, width)
}

// finish freezes the heading and adds a filter, for the status.
func (x *workbookExcerpt) finish() error {
	err := x.file.SetPanes(x.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(addedColumns+len(x.columnAt), x.last)
	if err != nil {
		return err
	}
	return x.file.AutoFilter(x.name, "A1:"+end, nil)
}
