package delimited

import (
	"slices"
	"strings"

	"officeimporter/internal/parse/sheet"
)

// delimiters are tried in this order; a file with one column gets the first.
const delimiters = ",;\t|"

// findDelimiter finds the delimiter. It returns the first rows, split by it, for FindHeading to look at.
func (t *Rows) findDelimiter(o sheet.Options) ([]sheet.Row, error) {
	comma, err := namedDelimiter(o.Delimiter)
	if err != nil {
		return nil, err
	}
	if comma == 0 {
		comma = t.reader().sep
	}
	if comma != 0 {
		try, err := t.try(comma, o)
		t.Comma = comma
		return try.top, err
	}
	tries := make([]delimiterTry, len(delimiters))
	for i := range tries {
		if tries[i], err = t.try(delimiters[i], o); err != nil {
			return nil, err
		}
	}
	best, err := chooseDelimiter(tries, o)
	t.Comma = best.comma
	return best.top, err
}

// namedDelimiter is the delimiter that the options name; 0 if they name none.
func namedDelimiter(name string) (byte, error) {
	switch {
	case name == "":
		return 0, nil
	case strings.EqualFold(name, "tab"), name == `\t`:
		return '\t', nil
	case len(name) == 1 && name[0] < 0x80 && !strings.Contains("\"\r\n\x00", name):
		return name[0], nil
	}
	return 0, sheet.Refuse("bad_delimiter", 0, `%q can't separate columns; "tab" or one character such as ";" can`, name)
}

// delimiterTry is what the first rows look like with one delimiter.
type delimiterTry struct {
	comma   byte
	top     []sheet.Row
	known   int  // known headings, in the row with most of them
	columns int  // the most frequent number of cells in a row
	uniform bool // all rows have that many
}

func (t *Rows) try(comma byte, o sheet.Options) (delimiterTry, error) {
	with := Rows{src: t.src, encoding: t.encoding, Comma: comma}
	try := delimiterTry{comma: comma}
	err := with.each(func(row sheet.Row) bool {
		row.Cells = slices.Clone(row.Cells)
		try.top = append(try.top, row)
		return !sheet.TopComplete(try.top, o)
	})
	if err == nil && len(try.top) == 0 {
		err = sheet.Refuse("empty_file", 0, "is empty")
	}
	try.measure(o)
	return try, err
}

func (t *delimiterTry) measure(o sheet.Options) {
	widths := make(map[int]int)
	for i, row := range t.top {
		known, _ := sheet.CountKnown(sheet.HeadingRow(t.top, i, o), o)
		t.known = max(t.known, known)
		n := len(row.Cells)
		widths[n]++
		if widths[n] > widths[t.columns] || widths[n] == widths[t.columns] && n > t.columns {
			t.columns = n
		}
	}
	t.uniform = len(widths) == 1
}

// chooseDelimiter takes the delimiter with the most known headings. If several have, it takes the only one that makes
// columns, or else the only one that gives all rows the same number of cells.
func chooseDelimiter(tries []delimiterTry, o sheet.Options) (delimiterTry, error) {
	most := slices.MaxFunc(tries, func(a, b delimiterTry) int { return a.known - b.known }).known
	if most == 0 && o.Known != nil && o.HeaderRow == 0 {
		return tries[0], sheet.NoHeading()
	}
	left := filter(tries, func(t delimiterTry) bool { return t.known == most })
	if len(left) == 1 {
		return left[0], nil
	}
	split := filter(left, func(t delimiterTry) bool { return t.columns > 1 })
	if len(split) == 0 {
		return left[0], nil
	}
	if uniform := filter(split, func(t delimiterTry) bool { return t.uniform }); len(split) > 1 && len(uniform) > 0 {
		split = uniform
	}
	if len(split) > 1 {
		return split[0], ambiguousDelimiter(split)
	}
	return split[0], nil
}

func filter(tries []delimiterTry, good func(delimiterTry) bool) (kept []delimiterTry) {
	for _, t := range tries {
		if good(t) {
			kept = append(kept, t)
		}
	}
	return kept
}

func ambiguousDelimiter(tries []delimiterTry) error {
	names := make([]string, len(tries))
	for i, t := range tries {
		names[i] = `"` + string(t.comma) + `"`
		if t.comma == '\t' {
			names[i] = "tab"
		}
	}
	return sheet.Refuse("ambiguous_delimiter", 0,
		"the columns may be separated by %s; say which with --delimiter", strings.Join(names, " or "))
}
