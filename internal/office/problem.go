package office

import (
	"fmt"
	"strings"
)

// ProblemKind is the machine name of what is wrong, such as "bad_time". It
// stands in the JSON lines report and is stable: scripts may rely on it.
type ProblemKind string

// Problem is what is wrong, or doubtful, with one cell, one row or one file.
// It is data for the report, not an error: an error is what would go wrong for
// every row.
type Problem struct {
	Row        int         `json:"row,omitempty"`        // as the file numbers it; 0: the whole file
	Field      string      `json:"field,omitempty"`      // dotted name; empty: the row as a whole
	Column     string      `json:"column,omitempty"`     // the heading as it stands in the file, or "col M"
	Kind       ProblemKind `json:"kind"`                 // machine name
	Value      string      `json:"value,omitempty"`      // the cell as it stands
	Message    string      `json:"message"`              // what is wrong: lower case, no full stop
	Suggestion string      `json:"suggestion,omitempty"` // what would be right; empty if nobody can tell
}

// String is the problem as a person reads it, without its row:
// `column "Zip": "4101" has 4 digits, a US zip has 5; was a leading zero lost?`.
func (p Problem) String() string {
	var b strings.Builder
	if place := p.place(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(p.Message)
	if p.Suggestion != "" {
		b.WriteString("; " + p.Suggestion)
	}
	return b.String()
}

func (p Problem) place() string {
	switch {
	case p.Column != "":
		return fmt.Sprintf("column %q", p.Column)
	case p.Field != "":
		return p.Field
	}
	return ""
}

// InputError says why a whole file can't be used: nothing of it is sent.
// It holds every such problem that was found, not only the first.
type InputError struct {
	File     string // as the user named it
	Unit     string // "row" or "line": how Problem.Row is counted in this file
	Problems []Problem
}

// Error is a line for each problem.
func (e *InputError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = e.File + ": " + p.String()
		if p.Row > 0 {
			lines[i] = fmt.Sprintf("%s: %s %d: %s", e.File, e.Unit, p.Row, p)
		}
	}
	return strings.Join(lines, "\n")
}
