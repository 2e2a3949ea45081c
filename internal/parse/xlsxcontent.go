package parse

// readContent reads <f>, <v> and <is> to the cell's end. The formula is kept
// only until there is a value.
func (r *sheetReader) readContent(cell *storedCell) error {
	cell.start = len(r.row.values)
	for {
		token, err := r.xmlReader.next()
		switch {
		case err != nil:
			return err
		case token == endTag && r.depth() < 4:
			cell.end = len(r.row.values)
			return nil
		case token == startTag && r.depth() == 5:
			if err := r.readPart(cell); err != nil {
				return err
			}
		}
	}
}

func (r *sheetReader) readPart(cell *storedCell) (err error) {
	switch name := string(r.name); {
	case name == "f":
		cell.formula = true
		if !cell.hasValue {
			r.row.values, err = r.appendText(r.row.values)
		}
	case name == "v", name == "is":
		if !cell.hasValue { // of <v> and <is> the first one counts
			err = r.readValue(cell, name)
		}
	}
	return err
}

// readValue reads a <v> or <is>. An empty <v> is the empty text in a cell of
// type "str"; elsewhere it is what some writers leave of a formula that they
// didn't compute.
func (r *sheetReader) readValue(cell *storedCell, name string) (err error) {
	start := len(r.row.values)
	if name == "is" {
		r.row.values, err = r.appendRich(r.row.values)
	} else {
		r.row.values, err = r.appendText(r.row.values)
	}
	if len(r.row.values) > start || cell.kind == stringCell {
		cell.start, cell.hasValue = start, true
	}
	return err
}
