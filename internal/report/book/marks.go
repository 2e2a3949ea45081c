package book

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/workbook"
)

// cellMark is the colour and comment of a cell in the user's sheet.
type cellMark struct {
	paint workbook.Paint
	text  string
}

// maxNoteText limits the length of a comment, in bytes.
const maxNoteText = 2000

func (m *cellMark) add(paint workbook.Paint, text string) {
	if m.paint != workbook.Red {
		m.paint = paint
	}
	if m.text != "" {
		text = "\n" + text
	}
	if len(m.text)+len(text) <= maxNoteText {
		m.text += text
	}
}

// marker marks what is wrong in the cells of the user's sheet.
type marker struct {
	*workbookReport
	labels    []string // of the columns
	rowColumn int      // the column that stands for a row as a whole
	merged    []excelize.MergeCell
	marks     map[string]*cellMark // by cell reference
	order     []string
}

// markCells colours cells of the user's sheet and adds comments to them. It changes nothing else, and nothing at all
// if no cell needs a mark.
func (b *workbookReport) markCells() error {
	if b.input == nil {
		return nil
	}
	m := &marker{workbookReport: b, marks: map[string]*cellMark{}}
	for i, c := range b.summary.Columns {
		m.labels = append(m.labels, c.Heading)
		if slices.Contains(c.Fields, "name") {
			m.rowColumn = i
		}
	}
	before := b.loaded()
	if err := m.collect(); err != nil {
		return err
	}
	if len(m.order) == 0 {
		b.say("the sheet %q is yours as it was", b.summary.Sheet)
		return nil
	}
	b.say("the sheet %q is yours as it was; a cell with a problem is red, one with a doubt is yellow", b.summary.Sheet)
	return m.put(before)
}

// loaded returns the sheets that excelize will write again.
func (b *workbookReport) loaded() map[string]bool {
	names := map[string]bool{}
	b.file.Sheet.Range(func(name, _ any) bool { names[name.(string)] = true; return true })
	return names
}

func (m *marker) collect() (err error) {
	for row, err := range m.rows.all() {
		if err != nil {
			return err
		}
		if row.Row == 0 || len(row.Notes) == 0 || len(m.labels) == 0 {
			continue
		}
		if m.merged == nil {
			if m.merged, err = m.file.GetMergeCells(m.input.sheet, true); err != nil {
				return err
			}
		}
		for _, note := range row.Notes {
			for _, column := range m.columns(&note) {
				if err := m.mark(column, row.Row, &note); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// columns returns where a note belongs: in the columns that it names, else in the column that fills its field, else
// in the column that stands for the row.
func (m *marker) columns(note *cellNote) []int {
	if note.Column != "" {
		if named := workbook.Named(m.labels, note.Column); len(named) > 0 {
			return named
		}
	}
	for i, c := range m.summary.Columns {
		if note.Field != "" && slices.Contains(c.Fields, note.Field) {
			return []int{i}
		}
	}
	return []int{m.rowColumn}
}

func (m *marker) mark(column, row int, note *cellNote) error {
	cell := m.summary.Columns[column].Letter + strconv.Itoa(row)
	anchor, err := m.anchor(cell)
	if err != nil {
		return err
	}
	text := note.Text
	if anchor != cell {
		text = "row " + strconv.Itoa(row) + ": " + text
	}
	if m.marks[anchor] == nil {
		m.marks[anchor] = &cellMark{}
		m.order = append(m.order, anchor)
	}
	paint := workbook.Red
	if note.Doubt {
		paint = workbook.Yellow
	}
	m.marks[anchor].add(paint, text)
	return nil
}

// anchor returns the cell that is visible in place of another: the first one of merged cells.
func (m *marker) anchor(cell string) (string, error) {
	if len(m.merged) == 0 {
		return cell, nil
	}
	column, row, err := excelize.CellNameToCoordinates(cell)
	if err != nil {
		return "", err
	}
	for _, merge := range m.merged {
		left, top, err := excelize.CellNameToCoordinates(merge.GetStartAxis())
		if err != nil {
			return "", err
		}
		right, bottom, err := excelize.CellNameToCoordinates(merge.GetEndAxis())
		if err != nil {
			return "", err
		}
		if left <= column && column <= right && top <= row && row <= bottom {
			return merge.GetStartAxis(), nil
		}
	}
	return cell, nil
}

// put colours the marked cells and adds the comments.
func (m *marker) put(before map[string]bool) error {
	sheet := m.input.sheet
	for _, cell := range m.order {
		style, err := m.file.GetCellStyle(sheet, cell)
		if err != nil {
			return err
		}
		if style, err = m.painter.Paint(style, m.marks[cell].paint); err != nil {
			return err
		}
		if err := m.file.SetCellStyle(sheet, cell, cell, style); err != nil {
			return err
		}
	}
	for name := range m.loaded() {
		if !before[name] {
			m.input.changed[name] = true
			return m.note(strings.TrimPrefix(name, "xl/worksheets/"))
		}
	}
	return nil
}
