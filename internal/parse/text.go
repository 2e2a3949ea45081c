package parse

import (
	"fmt"
	"iter"
	"strings"

	"officeimporter/internal/office"
)

// openText opens a CSV file, whatever its delimiter and encoding.
func openText(src *snapshot, o Options) (*Sheet, error) {
	t := &textRows{src: src}
	var err error
	if t.encoding, err = encodingOf(src, o); err != nil {
		return nil, err
	}
	top, err := t.settleDelimiter(o)
	if err != nil {
		return nil, err
	}
	if err := t.settleHeading(top, o); err != nil {
		return nil, err
	}
	return t.sheet()
}

// settleHeading finds the heading among the first rows.
func (t *textRows) settleHeading(top []Row, o Options) error {
	index, err := findHeading(top, o)
	if err != nil {
		return err
	}
	heading := headingRow(top, index, o)
	t.heading, t.columns = heading.Number, columnsOf(heading)
	t.required = make([]bool, len(t.columns))
	for i, c := range t.columns {
		t.required[i] = o.Required != nil && o.Required(c.Name)
	}
	return unusable(heading)
}

func (t *textRows) sheet() (*Sheet, error) {
	s := &Sheet{
		Format:    "csv",
		Encoding:  t.encoding.name,
		Delimiter: rune(t.comma),
		HeaderRow: t.heading,
		Columns:   t.columns,
		rows:      func() iter.Seq2[Row, error] { return t.all },
		excerpt:   t.excerpt,
	}
	if t.comma == '\t' {
		s.Format = "tsv"
	}
	if !t.encoding.assumed {
		return s, nil
	}
	warning, err := t.assumption()
	s.Warnings = append(s.Warnings, warning)
	return s, err
}

// assumption warns that the encoding is a guess, and shows what it makes of
// the first text with other characters than ASCII: only a person can tell
// whether it reads right.
func (t *textRows) assumption() (office.Problem, error) {
	line, sample := 0, ""
	err := t.each(func(row Row) bool {
		for _, c := range row.Cells {
			if at := strings.IndexFunc(c.Raw, isForeign); at >= 0 && sample == "" {
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

func isForeign(r rune) bool { return r >= 0x80 }
