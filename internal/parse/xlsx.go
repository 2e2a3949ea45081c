package parse

// openWorkbook reads an XLSX workbook: its list of sheets, the texts and
// formats that cells refer to, and the whole of the sheet that is chosen, so
// that damage anywhere in it is found before its first row is used. The rows
// themselves are read again as a stream whenever they are wanted.
//
// The reader is our own, since those that stream give strings only, drop what
// they can't read without a word, and ignore the checksums of the archive.
func openWorkbook(src *snapshot, o Options) (*Sheet, error) {
	book, err := openBook(src)
	if err != nil {
		return nil, err
	}
	entry, warnings, err := book.pick(o)
	if err != nil {
		return nil, err
	}
	w := &worksheet{book: book, entry: entry}
	if err := w.open(o); err != nil {
		return nil, err
	}
	return &Sheet{
		Name: entry.name, Format: "xlsx",
		HeaderRow: w.header, Columns: w.columns, Warnings: warnings,
		rows: w.rows, excerpt: w.excerpt,
	}, nil
}

// open makes sure that the sheet is sound, and finds its heading.
func (w *worksheet) open(o Options) (err error) {
	if w.facts, err = w.book.scan(w.entry); err != nil {
		return err
	}
	top, err := w.book.top(w.entry, w.facts, o)
	if err != nil {
		return err
	}
	row, err := heading(top, o)
	if err != nil {
		return err
	}
	w.header, w.columns = row.Number, columnsOf(row)
	for i := range w.columns {
		w.columns[i].Hidden = w.facts.hides(i)
	}
	return nil
}
