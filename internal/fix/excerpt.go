package fix

import (
	"errors"
	"io"

	"officeimporter/internal/parse/delimited"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx"
)

// RowNote is what a person should know of a row of an excerpt.
type RowNote struct {
	Row      int    // number in the sheet
	Status   string // one word
	Problems string // one line
	Notes    []Note
}

// Note is about one cell. A text file has no place for it.
type Note struct {
	Column  string // label of the column; several are joined by ", "
	Text    string
	Warning bool // only a warning: the value may be right
}

// Excerpt is a file in the making with some rows of a sheet, so that a person can correct them and import them again:
// in the same columns and formats, after RowNote.Status and RowNote.Problems. When it is read, each cell is what it
// was, and a row that must not be sent still can't be: a text row whose cells can't be trusted gets an extra cell
// that a person must delete. Not for concurrent use, but others may read the rows of the sheet meanwhile.
type Excerpt interface {
	// Add takes the rows in sheet order. ErrExcerptFull means that the row didn't fit; Close keeps those before it.
	// After any other error, which comes from reading or writing, call Abort.
	Add(RowNote) error
	// Close completes the file. It doesn't close the writer.
	Close() error
	// Abort releases what reading the sheet took.
	Abort()
}

// ErrExcerptFull says that an excerpt has as many cells as fit in memory.
var ErrExcerptFull = errors.New("the excerpt is full")

// NewExcerpt starts an excerpt of a sheet. A text file gets the same delimiter, in UTF-8 with a byte order mark. A
// workbook gets only that sheet, and is kept in memory until Close.
func NewExcerpt(s *sheet.Sheet, w io.Writer) (Excerpt, error) {
	if book, ok := s.Source().(*xlsx.Worksheet); ok {
		return newWorkbookExcerpt(book, w)
	}
	return newTextExcerpt(s.Source().(*delimited.Rows), w)
}

// skipTo reads on to the row with this number.
func skipTo[T any](next func() (T, error, bool), number int, numberOf func(T) int) (T, error) {
	for {
		row, err, ok := next()
		switch {
		case err != nil:
			return row, err
		case !ok || numberOf(row) > number:
			return row, sheet.Refuse("row_not_found", number, "isn't there a second time; the rows must be taken in order")
		case numberOf(row) == number:
			return row, nil
		}
	}
}
