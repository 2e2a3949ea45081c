package fix

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// MarkOf is what a person should know of a row. The row keeps its number in the original file, as problems of other
// rows refer to it.
func MarkOf(r office.Result, unit string) RowInfo {
	problems := report.Problems(r)
	texts := make([]string, len(problems))
	var notes []Note
	for i, p := range problems {
		texts[i] = p.String()
		notes = append(notes, Note{Column: p.Column, Text: advice(p)})
	}
	for _, p := range r.Request.Warnings {
		notes = append(notes, Note{Column: p.Column, Text: advice(p), Warning: true})
	}
	for _, p := range problems {
		if text := fixAdvice[p.Kind]; text != "" {
			texts = append(texts, text)
		}
	}
	return RowInfo{
		Row:      r.Request.Row,
		Status:   r.Outcome.String(),
		Problems: strings.Join(strings.Fields(fmt.Sprintf("%s %d: %s", unit, r.Request.Row, strings.Join(texts, "; "))), " "),
		Notes:    notes,
	}
}

// fixAdvice explains, for problems that a row only has in the original file, what happens to it in the fix file.
var fixAdvice = map[office.ProblemKind]string{
	office.HiddenRow:    "here it is shown: fed back it is sent, unless you delete it",
	office.DuplicateRow: "here it stands alone: fed back it is taken for that office, unless you delete it",
}

// advice is a problem as the note at its cell says it.
func advice(p office.Problem) string {
	if p.Suggestion == "" {
		return p.Message
	}
	return p.Message + "; " + p.Suggestion
}
