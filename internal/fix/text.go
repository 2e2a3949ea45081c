package fix

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"officeimporter/internal/parse/delimited"
	"officeimporter/internal/parse/sheet"
)

// deleteMe is in a cell beyond the heading, so that the line is refused as ragged until a person deletes the cell.
const deleteMe = "once this row is right, delete this cell"

// textExcerpt writes the fields of records as they are.
type textExcerpt struct {
	*delimited.Rows
	next func() (*delimited.Record, error, bool)
	stop func()
	out  *csv.Writer
}

func newTextExcerpt(t *delimited.Rows, w io.Writer) (Excerpt, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // without it Excel reads UTF-8 as the system's code page
		return nil, err
	}
	x := &textExcerpt{Rows: t, out: csv.NewWriter(w)}
	x.out.Comma = rune(t.Comma)
	x.next, x.stop = iter.Pull2(t.Records())
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return x, x.write(sheet.StatusColumn, sheet.ProblemsColumn, names)
}

func (x *textExcerpt) Add(info RowNote) error {
	rec, err := skipTo(x.next, info.Row, func(r *delimited.Record) int { return r.Line })
	if err != nil {
		return err
	}
	return x.write(info.Status, info.Problems, x.fieldsOf(rec))
}

// write puts status and problems before the fields. Those of an earlier fix file go.
func (x *textExcerpt) write(status, problems string, fields []string) error {
	line := []string{excerptField(status), excerptField(problems)}
	for i, field := range fields {
		if i >= len(x.Columns) || !x.Columns[i].IsFixColumn() {
			line = append(line, excerptField(field))
		}
	}
	return x.out.Write(line)
}

// fieldsOf are the fields of a record, with deleteMe if they can't be trusted: written again, they would look sound.
func (x *textExcerpt) fieldsOf(rec *delimited.Record) []string {
	row := x.Row(rec, nil)
	x.Fit(&row)
	fields := rec.Fields[:min(len(rec.Fields), delimited.MaxColumns)]
	if len(row.Problems) == 0 {
		return fields
	}
	fields = append([]string{}, fields...)
	for len(fields) < len(x.Columns) {
		fields = append(fields, "")
	}
	for _, beyond := range fields[len(x.Columns):] {
		if !sheet.IsBlankText(beyond) {
			return fields
		}
	}
	return append(fields, deleteMe)
}

func (x *textExcerpt) Close() error {
	x.stop()
	x.out.Flush()
	return x.out.Error()
}

func (x *textExcerpt) Abort() { x.stop() }

// excerptField is a field that no spreadsheet program runs, and that reads back as the same. A guard of a text,
// ="02134", may run. White space in front means nothing, but some programs look for a formula after it.
func excerptField(field string) string {
	field = strings.ReplaceAll(strings.ToValidUTF8(field, "\ufffd"), "\x00", "\ufffd")
	if sheet.IsFormulaGuard(field) || !sheet.RunsAsFormula(field) {
		return field
	}
	if field = strings.TrimSpace(field); sheet.RunsAsFormula(field) {
		return "'" + field
	}
	return field
}
