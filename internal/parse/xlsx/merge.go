package xlsx

import (
	"cmp"
	"slices"

	"officeimporter/internal/parse/sheet"
)

// mergeFill fills merged ranges: the file has their value only in the upper left cell, the anchor. Rows must come in
// order.
type mergeFill struct {
	ahead []cellRange // by top
	open  []*merge    // by column; if ranges overlap, the later one counts
}

type merge struct {
	cellRange
	anchor sheet.Cell
}

// newMergeFill is for the first width columns of the rows below the heading. Ranges that begin in or above the
// heading are ignored: they don't concern offices.
func newMergeFill(merges []cellRange, header, width int) *mergeFill {
	m := new(mergeFill)
	for _, r := range merges {
		if r.top > header && r.left < width {
			m.ahead = append(m.ahead, r)
		}
	}
	if len(m.ahead) > 0 {
		m.open = make([]*merge, width)
	}
	slices.SortStableFunc(m.ahead, func(a, b cellRange) int { return cmp.Compare(a.top, b.top) })
	return m
}

// fill puts the anchors' values into a row. They replace what is stored under a merged range, as nobody can see that.
func (m *mergeFill) fill(number int, cells []sheet.Cell) {
	for len(m.ahead) > 0 && m.ahead[0].top <= number {
		m.begin(m.ahead[0], number, cells)
		m.ahead = m.ahead[1:]
	}
	for column, r := range m.open {
		switch {
		case r == nil, number == r.top && column == r.left:
		case number > r.bottom:
			m.open[column] = nil
		default:
			cells[column] = r.anchor
			cells[column].Merged = r.anchor.Kind != sheet.Blank
		}
	}
}

// begin opens a range. Its anchor is blank if its first row isn't stored.
func (m *mergeFill) begin(r cellRange, number int, cells []sheet.Cell) {
	opened := &merge{cellRange: r}
	if r.top == number {
		opened.anchor = cells[r.left]
	}
	for column := r.left; column <= min(r.right, len(m.open)-1); column++ {
		m.open[column] = opened
	}
}
