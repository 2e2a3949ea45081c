// Package delimited reads CSV and TSV files as programs really write them, whatever their delimiter and encoding.
package delimited

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// Open opens a CSV or TSV file. If the file is at fault, the error is an *office.InputError.
func Open(src *snapshot.Snapshot, o sheet.Options) (*sheet.Sheet, error) {
	t := &Rows{src: src}
	var err error
	if t.encoding, err = encodingOf(src, o); err != nil {
		return nil, err
	}
	top, err := t.findDelimiter(o)
	if err != nil {
		return nil, err
	}
	if err := t.findHeading(top, o); err != nil {
		return nil, err
	}
	return t.sheet()
}

func (t *Rows) findHeading(top []sheet.Row, o sheet.Options) error {
	index, err := sheet.FindHeading(top, o)
	if err != nil {
		return err
	}
	heading := sheet.HeadingRow(top, index, o)
	t.headingLine, t.Columns = heading.Number, sheet.ColumnsOf(heading)
	t.required = make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		t.required[i] = o.Required != nil && o.Required(c.Name)
	}
	return sheet.HeadingError(heading)
}

func (t *Rows) sheet() (*sheet.Sheet, error) {
	s := sheet.New(sheet.Sheet{
		Format:    "csv",
		Encoding:  t.encoding.name,
		Delimiter: rune(t.Comma),
		HeaderRow: t.headingLine,
		Columns:   t.Columns,
	}, t, func() iter.Seq2[sheet.Row, error] { return t.all })
	if t.Comma == '\t' {
		s.Format = "tsv"
	}
	if !t.encoding.assumed {
		return s, nil
	}
	warning, err := t.encodingWarning()
	s.Warnings = append(s.Warnings, warning)
	return s, err
}

// encodingWarning says that the encoding is a guess, and quotes the first text that isn't ASCII: only a person can
// tell whether it reads right.
func (t *Rows) encodingWarning() (office.Problem, error) {
	line, sample := 0, ""
	err := t.each(func(row sheet.Row) bool {
		for _, c := range row.Cells {
			if at := strings.IndexFunc(c.Raw, isNonASCII); at >= 0 && sample == "" {
				line, sample = row.Number, shorten(c.Raw[max(0, at-20):])
			}
		}
		return sample == ""
	})
	return office.Problem{
		Kind:  "encoding_assumed",
		Value: sample,
		Message: fmt.Sprintf("the file isn't UTF-8 and was read as %s, so that line %d has %q; if that is wrong, name the encoding with --encoding",
			t.encoding.name, line, sample),
	}, err
}

func isNonASCII(r rune) bool { return r >= 0x80 }

// Fit cuts the row to the width of the heading, and adds a problem or warning if it had another width.
func (t *Rows) Fit(row *sheet.Row) {
	have, want := len(row.Cells), len(t.Columns)
	if have > want {
		beyond := row.Cells[want:]
		row.Cells = row.Cells[:want]
		if len(row.Problems) == 0 && slices.ContainsFunc(beyond, sheet.IsFilled) {
			row.AddProblem("ragged_row", "the line has %d cells, the heading has %d; is a cell with a %q in it not quoted?",
				have, want, string(t.Comma))
		}
		return
	}
	if len(row.Problems) == 0 && slices.ContainsFunc(t.Columns[have:], sheet.IsNamed) {
		t.checkShort(row)
	}
}

// checkShort handles a row that ends early: the program may leave out trailing blanks, or a cell may have an unquoted
// line break.
func (t *Rows) checkShort(row *sheet.Row) {
	have, want := len(row.Cells), len(t.Columns)
	if slices.Contains(t.required[have:], true) {
		row.AddProblem("ragged_row", "the line ends after %d of %d cells; %q and what follows are missing",
			have, want, t.label(have))
		return
	}
	row.Warnings = append(row.Warnings, office.Problem{
		Row: row.Number, Kind: "short_row",
		Message: fmt.Sprintf("the line ends after %d of %d cells; the others were taken as empty", have, want),
	})
}
