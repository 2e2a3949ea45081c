package parse

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// noValue stands for errors that have no text of their own, and for formulas
// that nobody computed: in another place they would compute something else.
const noValue = "#N/A"

// put writes a cell as it is stored: a number by its digits, not by what a
// float makes of them.
func (x *bookExcerpt) put(column int, cell Cell, style int) error {
	ref, err := excelize.CoordinatesToCellName(column, x.last)
	if err != nil {
		return err
	}
	x.cells++
	switch cell.Kind {
	case Number, DateTime:
		err = x.file.SetCellDefault(x.name, ref, cell.Raw)
	case Bool:
		err = x.file.SetCellBool(x.name, ref, cell.Raw == "TRUE")
	case Text:
		err = x.file.SetCellStr(x.name, ref, escapeXstring(readable(cell)))
	case Error:
		err = x.file.SetCellStr(x.name, ref, errorText(cell.Raw))
	case Formula:
		err = x.file.SetCellStr(x.name, ref, noValue)
	}
	if err != nil || style == 0 {
		return err
	}
	return x.file.SetCellStyle(x.name, ref, ref, style)
}

func errorText(token string) string {
	if errorTokens[token] {
		return token
	}
	return noValue
}

// putISO writes a date that is stored as a text of its own type, as a number,
// which all programs read.
func (x *bookExcerpt) putISO(column int, cell Cell) error {
	serial, format := cell.Serial, "hh:mm:ss"
	if serial >= 1 {
		format = "yyyy-mm-dd hh:mm:ss"
		if x.book.date1904 {
			serial -= days1904
		}
	}
	style, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	raw := strconv.FormatFloat(serial, 'f', -1, 64)
	return x.put(column, Cell{Kind: DateTime, Raw: raw}, style)
}

// arrange makes the columns as wide as they were. Hidden ones are shown: the
// wrong cell may be there.
func (x *bookExcerpt) arrange() error {
	for _, w := range x.facts.widths {
		for i := w.first; i <= min(w.last, len(x.columns)-1); i++ {
			if at := x.place(i); at > 0 && w.width > 0 && w.width <= excelize.MaxColumnWidth {
				if err := x.widen(at, w.width); err != nil {
					return err
				}
			}
		}
	}
	if err := x.widen(1, statusWidth); err != nil {
		return err
	}
	return x.widen(2, problemsWidth)
}

const (
	statusWidth   = 14
	problemsWidth = 60
)

func (x *bookExcerpt) widen(column int, width float64) error {
	letter := columnLetter(column - 1)
	return x.file.SetColWidth(x.name, letter, letter, width)
}

// finish keeps the heading in sight, and lets a person filter by status.
func (x *bookExcerpt) finish() error {
	err := x.file.SetPanes(x.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(markColumns+len(x.at), x.last)
	if err != nil {
		return err
	}
	return x.file.AutoFilter(x.name, "A1:"+end, nil)
}
