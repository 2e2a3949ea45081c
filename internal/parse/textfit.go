package parse

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
)

// fit makes the row as wide as the heading at most, and doubts what has
// another width.
func (t *textRows) fit(row *Row) {
	have, want := len(row.Cells), len(t.columns)
	if have > want {
		beyond := row.Cells[want:]
		row.Cells = row.Cells[:want]
		if len(row.Problems) == 0 && slices.ContainsFunc(beyond, isFilled) {
			row.refuse("ragged_row", "the line has %d cells, the heading has %d; is a cell with a %q in it not quoted?",
				have, want, string(t.comma))
		}
		return
	}
	if len(row.Problems) == 0 && slices.ContainsFunc(t.columns[have:], isNamed) {
		t.short(row)
	}
}

// short doubts a row whose last cells are missing: a program that leaves out
// trailing blanks, or a line break in a cell that isn't quoted.
func (t *textRows) short(row *Row) {
	have, want := len(row.Cells), len(t.columns)
	if slices.Contains(t.required[have:], true) {
		row.refuse("ragged_row", "the line ends after %d of %d cells; %q and what follows are missing",
			have, want, t.label(have))
		return
	}
	row.Warnings = append(row.Warnings, office.Problem{
		Row: row.Number, Kind: "short_row",
		Message: fmt.Sprintf("the line ends after %d of %d cells; the others were taken as empty", have, want),
	})
}

func isFilled(c Cell) bool { return c.Kind != Blank }

func isNamed(c Column) bool { return c.Name != "" }
