package fix

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/workbook"
)

// writeInfo writes the columns before those of the sheet.
func (x *workbookExcerpt) writeInfo(info RowInfo) error {
	if err := x.put(1, sheet.Cell{Kind: sheet.Text, Raw: info.Status}, x.styleSet.wrapped); err != nil {
		return err
	}
	if err := x.put(2, sheet.Cell{Kind: sheet.Text, Raw: info.Problems}, x.styleSet.wrapped); err != nil {
		return err
	}
	return x.setHeight(workbook.Lines(info.Problems, problemsWidth))
}

// setHeight makes the row high enough for its text.
func (x *workbookExcerpt) setHeight(lines int) error {
	return x.file.SetRowHeight(x.name, x.last, workbook.RowHeight(lines))
}

// annotate colours the cells that the notes are about and attaches the notes. A problem's colour wins over a
// warning's.
func (x *workbookExcerpt) annotate(notes []Note, styles map[int]int) error {
	texts, paints := make(map[int][]string), make(map[int]workbook.Paint)
	for _, n := range notes {
		for _, i := range x.columnsNamed(n.Column) {
			texts[i] = append(texts[i], n.Text)
			if !n.Warning || paints[i] == "" {
				paints[i] = n.paint()
			}
		}
	}
	for i := range x.Columns {
		if len(texts[i]) == 0 || x.target(i) == 0 {
			continue
		}
		style, err := x.styleSet.Paint(styles[i], paints[i])
		if err != nil {
			return err
		}
		if err := x.annotateCell(x.target(i), style, strings.Join(texts[i], "\n")); err != nil {
			return err
		}
	}
	return nil
}

func (n Note) paint() workbook.Paint {
	if n.Warning {
		return workbook.Yellow
	}
	return workbook.Red
}

// columnsNamed are the columns, from 0, that a label names.
func (x *workbookExcerpt) columnsNamed(label string) []int {
	labels := make([]string, len(x.Columns))
	for i, c := range x.Columns {
		labels[i] = c.Label()
	}
	return workbook.Named(labels, label)
}

func (x *workbookExcerpt) annotateCell(column, style int, text string) error {
	ref, err := excelize.CoordinatesToCellName(column, x.last)
	if err != nil {
		return err
	}
	if err := x.file.SetCellStyle(x.name, ref, ref, style); err != nil {
		return err
	}
	_, err = x.notes.Add(ref, text)
	return err
}
