package xlsx

import (
	"cmp"
	"slices"
)

// storedCell is a cell as in the sheet's XML, before texts and formats are looked up. Its value is in the values of
// its row.
type storedCell struct {
	Column     int
	kind       cellType
	Style      int
	start, end int  // where in StoredRow.values its value is, or its formula if hasValue is false
	formula    bool // it has a formula
	hasValue   bool // it has a value, though it may be empty
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	numberCell cellType = iota // "n", or none
	sharedCell                 // "s": the number of a text
	inlineCell                 // "inlineStr"
	stringCell                 // "str": the text that a formula returned
	boolCell                   // "b"
	errorCell                  // "e"
	isoCell                    // "d"
	otherCell                  // anything else
)

func cellTypeOf(t []byte) cellType {
	switch string(t) {
	case "", "n":
		return numberCell
	case "s":
		return sharedCell
	case "inlineStr":
		return inlineCell
	case "str":
		return stringCell
	case "b":
		return boolCell
	case "e":
		return errorCell
	case "d":
		return isoCell
	}
	return otherCell
}

// StoredRow is a row of the sheet's XML, without empty cells.
type StoredRow struct {
	Number int
	hidden bool
	Cells  []storedCell // by column, ascending
	values []byte
}

func (r *StoredRow) value(c storedCell) []byte { return r.values[c.start:c.end] }

// clone is a copy that stays valid when the reader goes on.
func (r *StoredRow) clone() *StoredRow {
	return &StoredRow{r.Number, r.hidden, slices.Clone(r.Cells), slices.Clone(r.values)}
}

// sort puts the cells in order, as spreadsheet programs do. If two have the same column, ok is false.
func (r *StoredRow) sort() (duplicate int, ok bool) {
	ascending := func(a, b storedCell) int { return cmp.Compare(a.Column, b.Column) }
	if !slices.IsSortedFunc(r.Cells, ascending) {
		slices.SortFunc(r.Cells, ascending)
	}
	for i := 1; i < len(r.Cells); i++ {
		if r.Cells[i].Column == r.Cells[i-1].Column {
			return r.Cells[i].Column, false
		}
	}
	return 0, true
}
