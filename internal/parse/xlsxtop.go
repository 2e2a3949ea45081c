package parse

// top reads the first rows that aren't blank, as far as the heading may be.
func (b *workbookFile) top(s sheetEntry, facts *sheetFacts, o Options) (top []Row, err error) {
	for stored, err := range b.stored(s, facts) {
		if err != nil {
			return nil, err
		}
		if row, filled := b.topRow(stored); filled {
			top = append(top, row)
		}
		if topComplete(top, o) {
			break
		}
	}
	return top, nil
}

// heading is the row of the heading. Where none is found although cells near
// the top are damaged, that is why.
func heading(top []Row, o Options) (Row, error) {
	i, err := findHeading(top, o)
	if err == nil {
		return headingRow(top, i, o), unusable(top[i])
	}
	for _, row := range top {
		if damage := unusable(row); damage != nil {
			return Row{}, damage
		}
	}
	return Row{}, err
}

// topRow is a row above or of the heading, as wide as it is filled.
func (b *workbookFile) topRow(stored *storedRow) (row Row, filled bool) {
	row = Row{Number: stored.number, Hidden: stored.hidden}
	for _, c := range stored.cells {
		cell, damage := b.cell(stored, c)
		if !isFilled(cell) {
			continue
		}
		if damage != "" {
			column := Column{Letter: columnLetter(c.column)}
			row.Problems = append(row.Problems, damaged(stored.number, column, cell, damage))
		}
		row.Cells = append(row.Cells, make([]Cell, c.column-len(row.Cells))...)
		row.Cells = append(row.Cells, cell)
	}
	return row, len(row.Cells) > 0
}
