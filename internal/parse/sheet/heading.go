package sheet

import (
	"strings"

	"officeimporter/internal/office"
)

// topRows is in how many non-blank rows we look for the heading: admin portals write a title, a date and a filter
// above it.
const topRows = 20

// TopComplete tells whether top has all the rows that FindHeading needs.
func TopComplete(top []Row, o Options) bool {
	if o.HeaderRow > 0 && len(top) > 0 {
		return top[len(top)-1].Number >= o.HeaderRow
	}
	return o.HeaderRow == 0 && len(top) >= topRows
}

// FindHeading finds the heading among the first non-blank rows (collected until TopComplete) and returns its index in
// top. HeadingRow and ColumnsOf tell what its columns are called.
//
// It takes the row that the options name; else the first row with at least 60 % known headings; else the row with
// most of them. If o.Known is nil, the first row with two texts will do. If there is none, the error is an
// *office.InputError of kind no_header.
func FindHeading(top []Row, o Options) (index int, err error) {
	switch {
	case o.HeaderRow > 0:
		return namedHeading(top, o)
	case o.Known == nil:
		return plainHeading(top)
	}
	best, most := -1, 1
	for i := range top {
		known, filled := CountKnown(HeadingRow(top, i, o), o)
		if known >= 2 && known*10 >= filled*6 {
			return withSubtitles(top, i, known, o), nil
		}
		if known > most || best < 0 && known == filled && known > 0 {
			best, most = i, known
		}
	}
	if best < 0 {
		return 0, NoHeading()
	}
	return withSubtitles(top, best, most, o), nil
}

// NoHeading is the error that no row looks like a heading.
func NoHeading() error {
	return Refuse("no_header", 0, "no row was found whose cells are headings such as %q or %q; "+
		"name the row with --header-row N, or say with a mapping file what the headings mean", "name", "country")
}

func namedHeading(top []Row, o Options) (int, error) {
	for i, row := range top {
		if row.Number == o.HeaderRow {
			return i, nil
		}
	}
	return 0, Refuse("no_header", o.HeaderRow, "is blank, or not the start of a row; --header-row names the row of the headings")
}

func plainHeading(top []Row) (int, error) {
	for i, row := range top {
		if countTexts(row) >= min(2, mostTexts(top)) {
			return i, nil
		}
	}
	return 0, NoHeading()
}

func countTexts(row Row) (n int) {
	for _, c := range row.Cells {
		if c.Kind == Text {
			n++
		}
	}
	return n
}

// mostTexts is the number of texts in the row that has most; it is small if the file is one column of names.
func mostTexts(top []Row) int {
	n := 1
	for _, row := range top {
		n = max(n, countTexts(row))
	}
	return n
}

// CountKnown counts the known headings in a row, and the cells that aren't blank.
func CountKnown(row Row, o Options) (known, filled int) {
	for _, c := range row.Cells {
		if c.Kind == Blank {
			continue
		}
		filled++
		if o.knows(c) {
			known++
		}
	}
	return known, filled
}

func (o Options) knows(c Cell) bool {
	return c.Kind == Text && o.Known != nil && o.Known(headingText(c))
}

// ColumnsOf makes a column of each cell of a heading row.
func ColumnsOf(row Row) []Column {
	columns := make([]Column, len(row.Cells))
	for i, c := range row.Cells {
		columns[i] = Column{Index: i, Name: headingText(c), Letter: ColumnLetter(i)}
	}
	return columns
}

func headingText(c Cell) string {
	return strings.TrimFunc(c.Raw, IsBlank)
}

// ColumnLetter is what spreadsheet programs call column i, from 0: A, Z, AA.
func ColumnLetter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return ColumnLetter(i/26-1) + string(rune('A'+i%26))
}

// HeadingError makes problems in the heading's row an error of the whole file. It is nil if there are none.
func HeadingError(heading Row) error {
	if len(heading.Problems) == 0 {
		return nil
	}
	return &office.InputError{Problems: heading.Problems}
}
