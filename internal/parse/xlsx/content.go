package xlsx

import (
	"officeimporter/internal/parse/xlsx/xmltoken"
)

// readContent reads <f>, <v> and <is> up to the cell's end. It keeps the formula only until there is a value.
func (r *sheetReader) readContent(cell *storedCell) error {
	cell.start = len(r.row.values)
	for {
		token, err := r.Reader.Next()
		switch {
		case err != nil:
			return err
		case token == xmltoken.EndTag && r.Depth() < 4:
			cell.end = len(r.row.values)
			return nil
		case token == xmltoken.StartTag && r.Depth() == 5:
			if err := r.readPart(cell); err != nil {
				return err
			}
		}
	}
}

func (r *sheetReader) readPart(cell *storedCell) (err error) {
	switch name := string(r.Name); {
	case name == "f":
		cell.formula = true
		if !cell.hasValue {
			r.row.values, err = r.AppendText(r.row.values)
		}
	case name == "v", name == "is":
		if !cell.hasValue { // the first <v> or <is> counts
			err = r.readValue(cell, name)
		}
	}
	return err
}

// readValue reads a <v> or <is>. An empty <v> is an empty text in a cell of type "str"; in others, some writers put
// it next to a formula that they didn't compute.
func (r *sheetReader) readValue(cell *storedCell, name string) (err error) {
	start := len(r.row.values)
	if name == "is" {
		r.row.values, err = r.AppendRich(r.row.values)
	} else {
		r.row.values, err = r.AppendText(r.row.values)
	}
	if len(r.row.values) > start || cell.kind == stringCell {
		cell.start, cell.hasValue = start, true
	}
	return err
}
