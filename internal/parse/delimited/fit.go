package delimited

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

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

// checkShort handles a row that ends early: the program may leave out trailing blanks, or a cell may have an
// unquoted line break.
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
