package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// marks writes what stands in front of a row.
func (x *bookExcerpt) marks(m Mark) error {
	if err := x.put(1, Cell{Kind: Text, Raw: m.Status}, x.look.wrapped); err != nil {
		return err
	}
	if err := x.put(2, Cell{Kind: Text, Raw: m.Problems}, x.look.wrapped); err != nil {
		return err
	}
	return x.heighten(linesOf(m.Problems, problemsWidth))
}

// heighten makes the row as high as its text wants: not all programs do that
// by themselves. Rows can't be higher than 409 points.
func (x *bookExcerpt) heighten(lines int) error {
	const line, most = 15, 409
	return x.file.SetRowHeight(x.name, x.last, float64(min(lines*line, most)))
}

// linesOf is how many lines a text takes that is wrapped, more or less.
func linesOf(text string, width int) (lines int) {
	for part := range strings.SplitSeq(text, "\n") {
		lines += 1 + utf8.RuneCountInString(part)/width
	}
	return lines
}

// annotate paints the cells of the row that the notes are about, and puts the
// notes on them. Of doubts and problems with one cell the problems colour it.
func (x *bookExcerpt) annotate(notes []Note, styles map[int]int) error {
	texts, paints := make(map[int][]string), make(map[int]paint)
	for _, n := range notes {
		for _, i := range x.named(n.Column) {
			texts[i] = append(texts[i], n.Text)
			if !n.Doubt || paints[i] == "" {
				paints[i] = n.paint()
			}
		}
	}
	for i := range x.columns {
		if len(texts[i]) == 0 || x.place(i) == 0 {
			continue
		}
		style, err := x.look.paint(styles[i], paints[i])
		if err != nil {
			return err
		}
		if err := x.annotateCell(x.place(i), style, strings.Join(texts[i], "\n")); err != nil {
			return err
		}
	}
	return nil
}

func (n Note) paint() paint {
	if n.Doubt {
		return yellow
	}
	return red
}

// named are the columns, from 0, that a label names.
func (x *bookExcerpt) named(label string) (columns []int) {
	for i, c := range x.columns {
		if c.Label() == label {
			return []int{i}
		}
		if strings.Contains(", "+label+", ", ", "+c.Label()+", ") {
			columns = append(columns, i)
		}
	}
	return columns
}

func (x *bookExcerpt) annotateCell(column, style int, text string) error {
	ref, err := excelize.CoordinatesToCellName(column, x.last)
	if err != nil {
		return err
	}
	if err := x.file.SetCellStyle(x.name, ref, ref, style); err != nil || x.comments == maxComments {
		return err
	}
	x.comments++
	return x.file.AddComment(x.name, excelize.Comment{Cell: ref, Author: "importer", Text: text, Width: noteWidth, Height: noteHeight(text)})
}

// noteWidth is in pixels, as is what noteHeight says.
const noteWidth = 260

func noteHeight(text string) uint {
	const perLine, line, margin = 38, 18, 14
	return uint(linesOf(text, perLine)*line + margin)
}
