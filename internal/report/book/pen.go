package book

import (
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/workbook"
)

// pen writes the rows of a sheet from top to bottom. Texts are never formulas. After an error it does nothing more.
type pen struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	row    int   // the current row
	cells  []any // of the current row
	lines  int   // of the longest text in the current row
	err    error
}

func (p *pen) style(s *excelize.Style) (number int) {
	if p.err == nil {
		number, p.err = p.file.NewStyle(s)
	}
	return number
}

func (p *pen) text(column int, text string, style int) { p.put(column, text, style) }

func (p *pen) number(column, n, style int) { p.put(column, n, style) }

func (p *pen) put(column int, value any, style int) {
	for len(p.cells) < column {
		p.cells = append(p.cells, nil)
	}
	p.cells[column-1] = excelize.Cell{Value: value, StyleID: style}
}

// across writes a text over several columns, whose total width is given in characters.
func (p *pen) across(from, to int, text string, style, width int) {
	for column := from; column <= to; column++ {
		p.text(column, "", style)
	}
	p.text(from, text, style)
	p.lines = max(p.lines, linesIn(text, width))
	if p.err == nil {
		p.err = p.stream.MergeCell(p.ref(from), p.ref(to))
	}
}

func (p *pen) ref(column int) string {
	ref, err := excelize.CoordinatesToCellName(column, p.row)
	if p.err == nil {
		p.err = err
	}
	return ref
}

// end finishes the row. The height is in points; 0 means as high as the text needs.
func (p *pen) end(height float64) {
	if height == 0 {
		height = workbook.RowHeight(max(p.lines, 1)) + 2
	}
	if ref := p.ref(1); p.err == nil {
		p.err = p.stream.SetRow(ref, p.cells, excelize.RowOpts{Height: height})
	}
	p.row, p.cells, p.lines = p.row+1, p.cells[:0], 0
}

// linesIn returns how many lines a text takes in a given width in digits. Letters are narrower than digits.
func linesIn(text string, width int) int { return workbook.Lines(text, width*11/10) }
