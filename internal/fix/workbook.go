package fix

import (
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx"
	"officeimporter/internal/workbook"
)

// maxExcerptCells is how many cells a new workbook may have: 5,000 rows of 60 columns. excelize keeps them in memory,
// some 500 bytes each.
const maxExcerptCells = 300_000

// workbookExcerpt is a new workbook with the styles of the old one.
type workbookExcerpt struct {
	*xlsx.Worksheet
	next     func() (xlsx.Row, error, bool)
	stop     func()
	to       io.Writer
	file     *excelize.File
	name     string // the sheet's name
	styleSet *excerptStyles
	columnAt map[int]int // column in the excerpt, from 1, by column of the sheet, from 0

	notes       workbook.Notes
	last, cells int // number of the last row written, and of cells so far
}

func newWorkbookExcerpt(w *xlsx.Worksheet, to io.Writer) (Excerpt, error) {
	x := &workbookExcerpt{Worksheet: w, to: to, file: excelize.NewFile(), name: "Sheet1", columnAt: make(map[int]int)}
	if err := x.begin(); err != nil {
		return nil, err
	}
	x.next, x.stop = iter.Pull2(w.Rows())
	return x, nil
}

func (x *workbookExcerpt) begin() (err error) {
	if x.styleSet, err = newExcerptStyles(x.file, x.Workbook); err != nil {
		return err
	}
	if x.file.SetSheetName(x.name, x.Entry.Name) == nil { // excelize refuses some names that other programs accept
		x.name = x.Entry.Name
	}
	x.notes = workbook.Notes{File: x.file, Sheet: x.name}
	if err := x.file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &x.Workbook.Date1904}); err != nil {
		return err
	}
	for i, c := range x.Columns {
		if !c.IsFixColumn() {
			x.columnAt[i] = addedColumns + 1 + len(x.columnAt)
		}
	}
	if err := x.setWidths(); err != nil {
		return err
	}
	return x.heading()
}

// addedColumns is how many columns come before those of the sheet.
const addedColumns = 2

// target is the excerpt's column for column i; 0 if it is left out.
func (x *workbookExcerpt) target(i int) int {
	if i < len(x.Columns) {
		return x.columnAt[i]
	}
	return addedColumns + 1 + len(x.columnAt) + i - len(x.Columns)
}

// heading writes the headings in their own styles.
func (x *workbookExcerpt) heading() error {
	styles, err := x.headingStyles()
	if err != nil {
		return err
	}
	x.last = 1
	for i, name := range []string{sheet.StatusColumn, sheet.ProblemsColumn} {
		if err := x.put(i+1, sheet.Cell{Kind: sheet.Text, Raw: name}, styles[0]); err != nil {
			return err
		}
	}
	lines := 1
	for i, c := range x.Columns {
		at := x.target(i)
		if at == 0 {
			continue
		}
		if err := x.put(at, sheet.Cell{Kind: sheet.Text, Raw: c.Name}, styles[i]); err != nil {
			return err
		}
		lines = max(lines, workbook.Lines(c.Name, x.Layout.WidthOf(i)))
	}
	return x.setHeight(lines)
}

// headingStyles are the styles of the heading's cells, by column.
func (x *workbookExcerpt) headingStyles() (map[int]int, error) {
	styles := make(map[int]int)
	for stored, err := range x.Workbook.StoredRows(x.Entry, x.Layout) {
		if err != nil {
			return nil, err
		}
		if stored.Number >= x.HeaderRow {
			if stored.Number == x.HeaderRow {
				styles = x.styles(stored)
			}
			break
		}
	}
	return styles, nil
}

// styles are the styles of a row's cells in the new workbook, by column, from 0.
func (x *workbookExcerpt) styles(stored *xlsx.StoredRow) map[int]int {
	styles := make(map[int]int, len(stored.Cells))
	for _, c := range stored.Cells {
		styles[c.Column] = x.styleSet.styleNumber(c.Style)
	}
	return styles
}

func (x *workbookExcerpt) Add(info RowNote) error {
	if x.cells > maxExcerptCells {
		return ErrExcerptFull
	}
	row, err := skipTo(x.next, info.Row, func(r xlsx.Row) int { return r.Number })
	if err != nil {
		return err
	}
	x.last++
	if err := x.writeInfo(info); err != nil {
		return err
	}
	styles := x.styles(row.Stored)
	for i, cell := range x.allCells(row) {
		if err := x.copy(i, cell, styles[i]); err != nil {
			return err
		}
	}
	return x.annotate(info.Notes, styles)
}

// allCells are the cells of a row, including those right of the heading, which Worksheet.Rows leaves out.
func (x *workbookExcerpt) allCells(row xlsx.Row) []sheet.Cell {
	cells := append([]sheet.Cell{}, row.Cells...)
	for _, c := range row.Stored.Cells {
		if c.Column >= len(x.Columns) {
			cells = append(cells, make([]sheet.Cell, c.Column+1-len(cells))...)
			cells[c.Column], _ = x.Workbook.Cell(row.Stored, c)
		}
	}
	return cells
}

func (x *workbookExcerpt) copy(i int, cell sheet.Cell, style int) error {
	at := x.target(i)
	if at == 0 || !sheet.IsFilled(cell) {
		return nil
	}
	if cell.Kind == sheet.DateTime && !sheet.IsDecimal([]byte(cell.Raw)) {
		return x.putISO(at, cell)
	}
	return x.put(at, cell, style)
}

func (x *workbookExcerpt) Close() error {
	x.stop()
	if err := x.finish(); err != nil {
		return err
	}
	if _, err := x.file.WriteTo(x.to); err != nil {
		return err
	}
	return x.file.Close()
}

func (x *workbookExcerpt) Abort() {
	x.stop()
	_ = x.file.Close() // it has nothing on disk
}

// guarded is a text that reads back as c, with a mark of text if the reader would otherwise take one off.
func guarded(c sheet.Cell) string {
	for _, text := range []string{c.Raw, "'" + c.Raw, `="` + c.Raw + `"`} {
		if sheet.TextCell(text) == (sheet.Cell{Kind: c.Kind, Raw: c.Raw}) {
			return text
		}
	}
	return strings.TrimSpace(c.Raw)
}
