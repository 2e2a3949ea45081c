// Package workbook marks cells in workbooks for people: it colours them and adds comments.
package workbook

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// MaxNotes is how many notes a sheet gets. More would take too long, because excelize compares each with all before
// it.
const MaxNotes = 10_000

// Notes adds comments to cells of a sheet. Not for concurrent use.
type Notes struct {
	File  *excelize.File
	Sheet string

	count int
}

// Add adds a comment to a cell that has none. After MaxNotes comments it does nothing and returns false.
func (n *Notes) Add(cell, text string) (added bool, err error) {
	if n.count == MaxNotes {
		return false, nil
	}
	n.count++
	return true, n.File.AddComment(n.Sheet, excelize.Comment{Cell: cell, Author: "importer", Text: text, Width: width, Height: height(text)})
}

// width is in pixels, and so is height.
const width = 260

func height(text string) uint {
	const perLine, line, margin = 38, 18, 14
	return uint(Lines(text, perLine)*line + margin)
}

// Lines returns about how many lines a text takes if it is wrapped after width characters.
func Lines(text string, width int) (lines int) {
	for part := range strings.SplitSeq(text, "\n") {
		lines += 1 + max(0, utf8.RuneCountInString(part)-1)/width
	}
	return lines
}

// RowHeight returns the height in points for a row with this many lines, because not all programs find it by
// themselves. It is at most 409, the highest that a row can be.
func RowHeight(lines int) float64 {
	const line, most = 15, 409
	return float64(min(lines*line, most))
}

// Named returns which of the column labels a problem's label names: one, or several joined by ", ".
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
