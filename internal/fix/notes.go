package fix

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
	"officeimporter/internal/workbook"
)

// writeInfo writes the columns before those of the sheet.
func (x *workbookExcerpt) writeInfo(info RowNote) error {
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

// RowNoteOf is what a person should know of a row. The row keeps its number in the original file, as problems of other
// rows refer to it.
func RowNoteOf(r office.Result, unit string) RowNote {
	problems := report.Problems(r)
	texts := make([]string, len(problems))
	var notes []Note
	for i, p := range problems {
		texts[i] = p.String()
		notes = append(notes, Note{Column: p.Column, Text: advice(p)})
	}
	for _, p := range r.Request.Warnings {
		notes = append(notes, Note{Column: p.Column, Text: advice(p), Warning: true})
	}
	for _, p := range problems {
		if text := fixAdvice[p.Kind]; text != "" {
			texts = append(texts, text)
		}
	}
	return RowNote{
		Row:      r.Request.Row,
		Status:   r.Outcome.String(),
		Problems: strings.Join(strings.Fields(fmt.Sprintf("%s %d: %s", unit, r.Request.Row, strings.Join(texts, "; "))), " "),
		Notes:    notes,
	}
}

// fixAdvice explains, for problems that a row only has in the original file, what happens to it in the fix file.
var fixAdvice = map[office.ProblemKind]string{
	office.HiddenRow:    "here it is shown: fed back it is sent, unless you delete it",
	office.DuplicateRow: "here it stands alone: fed back it is taken for that office, unless you delete it",
}

// advice is a problem as the note at its cell says it.
func advice(p office.Problem) string {
	if p.Suggestion == "" {
		return p.Message
	}
	return p.Message + "; " + p.Suggestion
}
