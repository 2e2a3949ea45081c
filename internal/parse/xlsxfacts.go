package parse

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"officeimporter/internal/parse/xlsx/xmltoken"
)

const (
	maxMerges = 1 << 17
	// maxSorted is how many cells are sorted where a sheet isn't; they are
	// held in memory.
	maxSorted = 1 << 20
)

// sheetFacts are what must be known of a sheet before its first row is used:
// that it is sound to its end, and what stands behind its rows.
type sheetFacts struct {
	hidden []columnSpan
	widths []columnWidth
	merges []cellRange
	sorted []*storedRow // all rows, where they are stored out of order
}

// columnWidth is how wide some columns are, in characters.
type columnWidth struct {
	columnSpan
	width float64
}

// columnSpan is some columns side by side, from 0, both ends included.
type columnSpan struct{ first, last int }

// scan reads a whole sheet once.
func (b *workbookFile) scan(sheet sheetEntry) (*sheetFacts, error) {
	facts, last, ascending := &sheetFacts{}, 0, true
	err := b.readSheet(sheet, facts, func(row *storedRow) error {
		ascending = ascending && row.number > last
		last = row.number
		return nil
	})
	if err == nil && !ascending {
		facts.sorted, err = b.sortRows(sheet)
	}
	return facts, err
}

// readSheet reads the rows as they are stored, to the sound end of the part.
func (b *workbookFile) readSheet(sheet sheetEntry, facts *sheetFacts, visit func(*storedRow) error) error {
	r, err := b.openSheet(sheet)
	if err != nil {
		return err
	}
	defer r.close()
	r.facts = facts
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

// sortRows brings the rows into the order in which a spreadsheet program
// shows them.
func (b *workbookFile) sortRows(sheet sheetEntry) (rows []*storedRow, err error) {
	cells := 0
	err = b.readSheet(sheet, nil, func(row *storedRow) error {
		if cells += len(row.cells) + 1; cells > maxSorted {
			return refuse("too_large", 0, "sheet %q has its rows out of order and too many to sort; "+
				"save it again in a spreadsheet program", sheet.name)
		}
		rows = append(rows, row.clone())
		return nil
	})
	slices.SortFunc(rows, func(a, b *storedRow) int { return cmp.Compare(a.number, b.number) })
	for i := 1; i < len(rows) && err == nil; i++ {
		if rows[i].number == rows[i-1].number {
			err = refuse("corrupt_sheet", 0, "sheet %q has row %d twice; save it again in a spreadsheet program",
				sheet.name, rows[i].number)
		}
	}
	return rows, err
}

// errEnough ends the reading of a sheet without fault.
var errEnough = errors.New("enough rows")

// stored gives the rows in order; an error is the last thing that comes.
func (b *workbookFile) stored(sheet sheetEntry, facts *sheetFacts) iter.Seq2[*storedRow, error] {
	return func(yield func(*storedRow, error) bool) {
		for _, row := range facts.sorted {
			if !yield(row, nil) {
				return
			}
		}
		if facts.sorted != nil { // those were all
			return
		}
		err := b.readSheet(sheet, nil, func(row *storedRow) error {
			if !yield(row, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			yield(nil, err)
		}
	}
}

// column takes a <col>. A width that is no number says nothing.
func (f *sheetFacts) column(r *partReader) error {
	from, to := r.Attr("min"), r.Attr("max")
	first, ok1 := parseIndex(from, maxSheetColumn)
	last, ok2 := parseIndex(to, maxSheetColumn)
	if !ok1 || !ok2 || len(f.widths) == maxSheetColumn {
		return xmltoken.Malformed("its list of columns is wrong at %q to %q", from, to)
	}
	span := columnSpan{first - 1, last - 1}
	width, _ := strconv.ParseFloat(string(r.Attr("width")), 64)
	f.widths = append(f.widths, columnWidth{span, width})
	if isTrue(r.Attr("hidden")) {
		f.hidden = append(f.hidden, span)
	}
	return nil
}

func (f *sheetFacts) merge(ref []byte) error {
	span, ok := parseRange(ref)
	if !ok || len(f.merges) == maxMerges {
		return xmltoken.Malformed("its list of merged cells is wrong at %q, or has more than %d ranges", ref, maxMerges)
	}
	f.merges = append(f.merges, span)
	return nil
}

// widthOf is how many characters of a text a column, from 0, shows in a line.
func (f *sheetFacts) widthOf(column int) int {
	const usual = 9
	for _, w := range f.widths {
		if w.first <= column && column <= w.last && w.width >= 1 {
			return int(w.width)
		}
	}
	return usual
}

// hides tells whether a column, from 0, is hidden.
func (f *sheetFacts) hides(column int) bool {
	return slices.ContainsFunc(f.hidden, func(s columnSpan) bool { return s.first <= column && column <= s.last })
}
