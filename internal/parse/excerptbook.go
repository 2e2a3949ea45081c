package parse

import (
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/workbook"
)

// maxExcerptCells is how many cells a new workbook may have: 5,000 rows of 60
// columns. excelize holds them in memory, some 500 bytes each.
const maxExcerptCells = 300_000

// bookExcerpt is a new workbook with the styles of the old one.
type bookExcerpt struct {
	*worksheet
	next func() (bookRow, error, bool)
	stop func()
	to   io.Writer
	file *excelize.File
	name string // of the sheet
	look *excerptStyles
	at   map[int]int // where a column of the sheet, from 0, stands in the excerpt, from 1

	notes       workbook.Notes
	last, cells int // the row written last, and how many there are
}

func (w *worksheet) excerpt(to io.Writer) (Excerpt, error) {
	x := &bookExcerpt{worksheet: w, to: to, file: excelize.NewFile(), name: "Sheet1", at: make(map[int]int)}
	if err := x.begin(); err != nil {
		return nil, err
	}
	x.next, x.stop = iter.Pull2(w.bookRows())
	return x, nil
}

// begin writes the heading.
func (x *bookExcerpt) begin() (err error) {
	if x.look, err = newExcerptStyles(x.file, x.book); err != nil {
		return err
	}
	if x.file.SetSheetName(x.name, x.entry.name) == nil { // names that other programs take are refused
		x.name = x.entry.name
	}
	x.notes = workbook.Notes{File: x.file, Sheet: x.name}
	if err := x.file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &x.book.date1904}); err != nil {
		return err
	}
	for i, c := range x.columns {
		if !c.isMark() {
			x.at[i] = markColumns + 1 + len(x.at)
		}
	}
	if err := x.arrange(); err != nil {
		return err
	}
	return x.heading()
}

// markColumns is the number of columns in front.
const markColumns = 2

// place is where column i stands in the excerpt; 0 is nowhere.
func (x *bookExcerpt) place(i int) int {
	if i < len(x.columns) {
		return x.at[i]
	}
	return markColumns + 1 + len(x.at) + i - len(x.columns)
}

// heading writes the names in the styles that they have.
func (x *bookExcerpt) heading() error {
	styles, err := x.headingStyles()
	if err != nil {
		return err
	}
	x.last = 1
	for i, name := range []string{StatusColumn, ProblemsColumn} {
		if err := x.put(i+1, Cell{Kind: Text, Raw: name}, styles[0]); err != nil {
			return err
		}
	}
	lines := 1
	for i, c := range x.columns {
		at := x.place(i)
		if at == 0 {
			continue
		}
		if err := x.put(at, Cell{Kind: Text, Raw: c.Name}, styles[i]); err != nil {
			return err
		}
		lines = max(lines, workbook.Lines(c.Name, x.facts.widthOf(i)))
	}
	return x.heighten(lines)
}

// headingStyles are those of the heading's cells, by column.
func (x *bookExcerpt) headingStyles() (map[int]int, error) {
	styles := make(map[int]int)
	for stored, err := range x.book.stored(x.entry, x.facts) {
		if err != nil {
			return nil, err
		}
		if stored.number >= x.header {
			if stored.number == x.header {
				styles = x.styles(stored)
			}
			break
		}
	}
	return styles, nil
}

// styles are those of a row's cells in the new workbook, by column, from 0.
func (x *bookExcerpt) styles(stored *storedRow) map[int]int {
	styles := make(map[int]int, len(stored.cells))
	for _, c := range stored.cells {
		styles[c.column] = x.look.number(c.style)
	}
	return styles
}

func (x *bookExcerpt) Add(m Mark) error {
	if x.cells > maxExcerptCells {
		return ErrExcerptFull
	}
	row, err := skipTo(x.next, m.Row, func(r bookRow) int { return r.Number })
	if err != nil {
		return err
	}
	x.last++
	if err := x.marks(m); err != nil {
		return err
	}
	styles := x.styles(row.stored)
	for i, cell := range x.all(row) {
		if err := x.copy(i, cell, styles[i]); err != nil {
			return err
		}
	}
	return x.annotate(m.Notes, styles)
}

// all are the cells of a row, those right of the heading too, which the reader
// leaves out.
func (x *bookExcerpt) all(row bookRow) []Cell {
	cells := append([]Cell{}, row.Cells...)
	for _, c := range row.stored.cells {
		if c.column >= len(x.columns) {
			cells = append(cells, make([]Cell, c.column+1-len(cells))...)
			cells[c.column], _ = x.book.cell(row.stored, c)
		}
	}
	return cells
}

func (x *bookExcerpt) copy(i int, cell Cell, style int) error {
	at := x.place(i)
	if at == 0 || !isFilled(cell) {
		return nil
	}
	if cell.Kind == DateTime && !isDecimal([]byte(cell.Raw)) {
		return x.putISO(at, cell)
	}
	return x.put(at, cell, style)
}

func (x *bookExcerpt) Close() error {
	x.stop()
	if err := x.finish(); err != nil {
		return err
	}
	if _, err := x.file.WriteTo(x.to); err != nil {
		return err
	}
	return x.file.Close()
}

func (x *bookExcerpt) Abort() {
	x.stop()
	_ = x.file.Close() // nothing of it is on disk
}

// readable is a text that is read back as this one: one mark of text may be
// taken off.
func readable(c Cell) string {
	for _, text := range []string{c.Raw, "'" + c.Raw, `="` + c.Raw + `"`} {
		if textCell(text) == (Cell{Kind: c.Kind, Raw: c.Raw}) {
			return text
		}
	}
	return strings.TrimSpace(c.Raw)
}
