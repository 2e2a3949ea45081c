package workbook

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// MaxNotes is how many notes a sheet gets: excelize compares each with all
// before it.
const MaxNotes = 10_000

// Notes puts notes on cells of a sheet. Not for concurrent use.
type Notes struct {
	File  *excelize.File
	Sheet string

	count int
}

// Add puts a note on a cell that has none. Once there are MaxNotes it does
// nothing, and says so.
func (n *Notes) Add(cell, text string) (added bool, err error) {
	if n.count == MaxNotes {
		return false, nil
	}
	n.count++
	return true, n.File.AddComment(n.Sheet, excelize.Comment{Cell: cell, Author: "importer", Text: text, Width: width, Height: height(text)})
}

// width is in pixels, as is height.
const width = 260

func height(text string) uint {
	const perLine, line, margin = 38, 18, 14
	return uint(Lines(text, perLine)*line + margin)
}

// Lines is how many lines a text takes that is wrapped after so many
// characters, more or less.
func Lines(text string, width int) (lines int) {
	for part := range strings.SplitSeq(text, "\n") {
		lines += 1 + max(0, utf8.RuneCountInString(part)-1)/width
	}
	return lines
}

// RowHeight is the height in points of a row whose text takes so many lines:
// not all programs find it by themselves. Rows can't be higher than 409 points.
func RowHeight(lines int) float64 {
	const line, most = 15, 409
	return float64(min(lines*line, most))
}

// Named are the places in a list of column labels that a label of a problem
// names: one, or several that are joined by ", ".
func Named(labels []string, label string) (places []int) {
	for i, l := range labels {
		if l == label {
			return []int{i}
		}
		if strings.Contains(", "+label+", ", ", "+l+", ") {
			places = append(places, i)
		}
	}
	return places
}
