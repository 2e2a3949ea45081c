package delimited

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Fit makes the row as wide as the heading at most, and doubts what has
// another width.
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

// short doubts a row whose last cells are missing: a program that leaves out
// trailing blanks, or a line break in a cell that isn't quoted.
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
