package parse

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
)

// distrust stands in a cell beyond the heading: a line with one is refused as
// ragged, until a person has deleted it.
const distrust = "once this row is right, delete this cell"

// textExcerpt writes the fields of records as they stand.
type textExcerpt struct {
	*textRows
	next func() (*csvRecord, error, bool)
	stop func()
	out  *csv.Writer
}

func (t *textRows) excerpt(w io.Writer) (Excerpt, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // without it Excel reads UTF-8 as the system's code page
		return nil, err
	}
	x := &textExcerpt{textRows: t, out: csv.NewWriter(w)}
	x.out.Comma = rune(t.comma)
	x.next, x.stop = iter.Pull2(t.records())
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.Name
	}
	return x, x.write(StatusColumn, ProblemsColumn, names)
}

// records are all that aren't empty lines; each is valid until the next.
func (t *textRows) records() iter.Seq2[*csvRecord, error] {
	return func(yield func(*csvRecord, error) bool) {
		c := t.reader()
		for {
			rec, err := c.next()
			if errors.Is(err, io.EOF) || !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

func (x *textExcerpt) Add(m Mark) error {
	rec, err := skipTo(x.next, m.Row, func(r *csvRecord) int { return r.line })
	if err != nil {
		return err
	}
	return x.write(m.Status, m.Problems, x.trusted(rec))
}

// write puts the marks in front of the fields, in place of older marks.
func (x *textExcerpt) write(status, problems string, fields []string) error {
	line := []string{excerptField(status), excerptField(problems)}
	for i, field := range fields {
		if i >= len(x.columns) || !x.columns[i].isMark() {
			line = append(line, excerptField(field))
		}
	}
	return x.out.Write(line)
}

// trusted are the fields, and a mark where they can't be trusted: written anew
// they would look sound.
func (x *textExcerpt) trusted(rec *csvRecord) []string {
	row := x.row(rec, nil)
	x.fit(&row)
	fields := rec.fields[:min(len(rec.fields), maxColumns)]
	if len(row.Problems) == 0 {
		return fields
	}
	fields = append([]string{}, fields...)
	for len(fields) < len(x.columns) {
		fields = append(fields, "")
	}
	for _, beyond := range fields[len(x.columns):] {
		if !isBlankText(beyond) {
			return fields
		}
	}
	return append(fields, distrust)
}

func (x *textExcerpt) Close() error {
	x.stop()
	x.out.Flush()
	return x.out.Error()
}

func (x *textExcerpt) Abort() { x.stop() }

// excerptField is a field that no spreadsheet program runs, and that is read
// back as what it was. A guard of a text, ="02134", may run. White space in
// front, behind which some programs look for a formula, means nothing.
func excerptField(field string) string {
	field = strings.ReplaceAll(strings.ToValidUTF8(field, "\ufffd"), "\x00", "\ufffd")
	if isFormulaGuard(field) || !runs(field) {
		return field
	}
	if field = strings.TrimSpace(field); runs(field) {
		return "'" + field
	}
	return field
}
