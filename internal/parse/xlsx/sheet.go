package xlsx

import (
	"errors"
	"fmt"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx/xmltoken"
)

// sheetReader reads the rows of a sheet in the order in which they are stored. Any damage is an *office.InputError.
type sheetReader struct {
	*partReader
	layout *sheetLayout // collects what is around the rows; may be nil
	row    StoredRow
	inData bool // inside <sheetData>
	last   int  // number of the previous row
}

func (b *Workbook) openSheet(entry sheetEntry) (*sheetReader, error) {
	part, err := b.Parts.open(entry.part, fmt.Sprintf("sheet %q", entry.Name), maxSheetPart)
	return &sheetReader{partReader: part}, err
}

// nextRow reads a row, which is valid until the next call. It returns io.EOF if the part ends without damage.
func (r *sheetReader) nextRow() (*StoredRow, error) {
	for {
		token, err := r.Reader.Next()
		switch {
		case err == nil && token == xmltoken.StartTag && r.inData && r.Depth() == 3 && string(r.Name) == "row":
			return &r.row, r.refusal(r.readRow())
		case err == nil && token == xmltoken.StartTag:
			err = r.outsideRows()
		}
		if err != nil {
			return nil, r.refusal(r.at("after", err))
		}
	}
}

// outsideRows handles a start tag outside the rows.
func (r *sheetReader) outsideRows() error {
	switch name := string(r.Name); {
	case r.Depth() == 1 && name != "worksheet":
		return xmltoken.Malformed("it is a <%s>, not a worksheet", name)
	case r.Depth() == 2:
		r.inData = name == "sheetData"
	case r.Depth() != 3 || r.layout == nil:
	case name == "col":
		return r.layout.column(r.partReader)
	case name == "mergeCell":
		return r.layout.merge(r.Attr("ref"))
	}
	return nil
}

// readRow reads the row whose start tag was just read.
func (r *sheetReader) readRow() error {
	r.row = StoredRow{Number: r.last + 1, hidden: isTrue(r.Attr("hidden")), Cells: r.row.Cells[:0], values: r.row.values[:0]}
	if ref := r.Attr("r"); ref != nil {
		number, ok := parseIndex(ref, maxSheetRow)
		if !ok {
			return xmltoken.Malformed("%q is no row number, after row %d", ref, r.last)
		}
		r.row.Number = number
	}
	r.last = r.row.Number
	for column := 0; ; {
		token, err := r.Reader.Next()
		if err != nil {
			return r.at("in", err)
		}
		if token == xmltoken.EndTag && r.Depth() < 3 {
			break
		}
		if token == xmltoken.StartTag && r.Depth() == 4 && string(r.Name) == "c" {
			if column, err = r.readCell(column); err != nil {
				return r.at("in", err)
			}
		}
	}
	if duplicate, ok := r.row.sort(); !ok {
		return xmltoken.Malformed("cell %s%d stands twice", sheet.ColumnLetter(duplicate), r.row.Number)
	}
	return nil
}

// at adds where the damage is: "in" a row or "after" it.
func (r *sheetReader) at(place string, err error) error {
	damage, ok := errors.AsType[xmltoken.Error](err)
	if !ok || r.last == 0 {
		return err
	}
	return xmltoken.Malformed("%s row %d: %v", place, r.last, damage)
}

// readCell reads the cell whose start tag was just read. column is its column unless the cell names another; next is
// the one after it.
func (r *sheetReader) readCell(column int) (next int, err error) {
	if ref := r.Attr("r"); ref != nil {
		at, row, ok := parseRef(ref)
		if !ok || row != r.row.Number {
			return 0, xmltoken.Malformed("%q is no cell of this row", ref)
		}
		column = at
	}
	if column >= maxSheetColumn {
		return 0, xmltoken.Malformed("it has more than %d columns", maxSheetColumn)
	}
	style, ok := parseCount(r.Attr("s"))
	if s := r.Attr("s"); s != nil && !ok {
		return 0, xmltoken.Malformed("%q is no style", s)
	}
	cell := storedCell{Column: column, kind: cellTypeOf(r.Attr("t")), Style: int(style)}
	if err := r.readContent(&cell); err != nil {
		return 0, err
	}
	if cell.hasValue || cell.formula {
		r.row.Cells = append(r.row.Cells, cell)
	}
	return column + 1, nil
}
