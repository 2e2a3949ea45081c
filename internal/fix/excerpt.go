package fix

import (
	"errors"
	"io"

	"officeimporter/internal/parse/delimited"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/xlsx"
)

// Mark is what a person should know of a row of an excerpt.
type RowInfo struct {
	Row      int    // as the sheet numbers it
	Status   string // one word
	Problems string // one line
	Notes    []Note
}

// Note is about one cell. Text files have no place for it.
type Note struct {
	Column  string // its label; several are joined by ", "
	Text    string
	Warning bool // the value may well be right
}

// Excerpt is a file in the making that has some rows of a sheet, so that a
// person can mend them and feed them back: in the same columns and formats,
// with Mark.Status and Mark.Problems in front. Read back, each cell is what it
// was, and a row that must not be sent still must not be: a text row whose
// cells can't be trusted gets a cell too many, which is for a person to delete.
// Not for concurrent use; but the rows of the sheet may be read meanwhile.
type Excerpt interface {
	// Add takes the rows in sheet order. The error is ErrExcerptFull where the
	// row didn't fit: those before it can be kept by Close. Any other is one of
	// reading the sheet or of writing; then only Abort makes sense.
	Add(RowInfo) error
	// Close ends the file. The writer isn't closed.
	Close() error
	// Abort gives back what reading the sheet takes.
	Abort()
}

// ErrExcerptFull says that an excerpt has as many cells as memory should hold.
var ErrExcerptFull = errors.New("the excerpt is full")

// NewExcerpt starts an excerpt. Of a text file it is one with the same delimiter,
// in UTF-8 with a byte order mark; of a workbook it is a workbook with that
// sheet alone, which is held in memory until Close.
func NewExcerpt(s *sheet.Sheet, w io.Writer) (Excerpt, error) {
	if book, ok := s.Source().(*xlsx.Worksheet); ok {
		return newWorkbookExcerpt(book, w)
	}
	return newTextExcerpt(s.Source().(*delimited.Rows), w)
}

// skipTo asks a source of rows until the wanted one comes.
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
