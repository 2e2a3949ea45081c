package xlsx

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx/xmltoken"
)

const (
	maxMerges = 1 << 17
	// maxSorted is how many cells may be sorted in memory if the rows are stored out of order.
	maxSorted = 1 << 20
)

// sheetLayout is what we must know of a sheet before using its first row: its columns, merged cells and row order.
// scan returns one only if the sheet has no damage up to its end.
type sheetLayout struct {
	hidden []columnSpan
	Widths []columnWidth
	merges []cellRange
	sorted []*StoredRow // all rows, if they are stored out of order
}

// columnWidth is the width of some columns, in characters.
type columnWidth struct {
	columnSpan
	Width float64
}

// columnSpan is a range of columns, from 0, both ends included.
type columnSpan struct{ First, Last int }

// scan reads a whole sheet once, for its layout.
func (b *Workbook) scan(entry sheetEntry) (*sheetLayout, error) {
	layout, last, ascending := &sheetLayout{}, 0, true
	err := b.readSheet(entry, layout, func(row *StoredRow) error {
		ascending = ascending && row.Number > last
		last = row.Number
		return nil
	})
	if err == nil && !ascending {
		layout.sorted, err = b.sortRows(entry)
	}
	return layout, err
}

// readSheet calls visit for each row as stored, to the end of the part. layout may be nil.
func (b *Workbook) readSheet(entry sheetEntry, layout *sheetLayout, visit func(*StoredRow) error) error {
	r, err := b.openSheet(entry)
	if err != nil {
		return err
	}
	defer r.close()
	r.layout = layout
	for {
		row, err := r.nextRow()
		if err == nil {
			err = visit(row)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// sortRows reads the rows and sorts them as a spreadsheet program would.
func (b *Workbook) sortRows(entry sheetEntry) (rows []*StoredRow, err error) {
	cells := 0
	err = b.readSheet(entry, nil, func(row *StoredRow) error {
		if cells += len(row.Cells) + 1; cells > maxSorted {
			return sheet.Refuse("too_large", 0, "sheet %q has its rows out of order and too many to sort; "+
				"save it again in a spreadsheet program", entry.Name)
		}
		rows = append(rows, row.clone())
		return nil
	})
	slices.SortFunc(rows, func(a, b *StoredRow) int { return cmp.Compare(a.Number, b.Number) })
	for i := 1; i < len(rows) && err == nil; i++ {
		if rows[i].Number == rows[i-1].Number {
			err = sheet.Refuse("corrupt_sheet", 0, "sheet %q has row %d twice; save it again in a spreadsheet program",
				entry.Name, rows[i].Number)
		}
	}
	return rows, err
}

// errStop ends the reading of a sheet early; nothing is wrong.
var errStop = errors.New("enough rows")

// StoredRows yields the rows in order. An error is the last thing that comes.
func (b *Workbook) StoredRows(entry sheetEntry, layout *sheetLayout) iter.Seq2[*StoredRow, error] {
	return func(yield func(*StoredRow, error) bool) {
		for _, row := range layout.sorted {
			if !yield(row, nil) {
				return
			}
		}
		if layout.sorted != nil {
			return
		}
		err := b.readSheet(entry, nil, func(row *StoredRow) error {
			if !yield(row, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(nil, err)
		}
	}
}

// column takes a <col>. A width that isn't a number is ignored.
func (f *sheetLayout) column(r *partReader) error {
	from, to := r.Attr("min"), r.Attr("max")
	first, ok1 := parseIndex(from, maxSheetColumn)
	last, ok2 := parseIndex(to, maxSheetColumn)
	if !ok1 || !ok2 || len(f.Widths) == maxSheetColumn {
		return xmltoken.Malformed("its list of columns is wrong at %q to %q", from, to)
	}
	span := columnSpan{first - 1, last - 1}
	width, _ := strconv.ParseFloat(string(r.Attr("width")), 64)
	f.Widths = append(f.Widths, columnWidth{span, width})
	if isTrue(r.Attr("hidden")) {
		f.hidden = append(f.hidden, span)
	}
	return nil
}

func (f *sheetLayout) merge(ref []byte) error {
	span, ok := parseRange(ref)
	if !ok || len(f.merges) == maxMerges {
		return xmltoken.Malformed("its list of merged cells is wrong at %q, or has more than %d ranges", ref, maxMerges)
	}
	f.merges = append(f.merges, span)
	return nil
}

// WidthOf is how many characters a column, from 0, shows in a line.
func (f *sheetLayout) WidthOf(column int) int {
	const usual = 9
	for _, w := range f.Widths {
		if w.First <= column && column <= w.Last && w.Width >= 1 {
			return int(w.Width)
		}
	}
	return usual
}

// hides tells whether a column, from 0, is hidden.
func (f *sheetLayout) hides(column int) bool {
	return slices.ContainsFunc(f.hidden, func(s columnSpan) bool { return s.First <= column && column <= s.Last })
}
