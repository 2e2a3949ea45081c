package office

import (
	"fmt"
	"strings"
)

// ProblemKind is the machine name of a problem, such as "bad_time". It is part of the JSON lines report and doesn't
// change, because scripts rely on it.
type ProblemKind string

// Problem is something wrong or doubtful about one cell, one row or the whole file. It is data for the report. Go
// errors are for what would fail for every row.
type Problem struct {
	Row        int         `json:"row,omitempty"`        // its number in the file; 0: the whole file
	Field      string      `json:"field,omitempty"`      // name with dots; empty: the row as a whole
	Column     string      `json:"column,omitempty"`     // the heading in the file, or "col M"
	Kind       ProblemKind `json:"kind"`                 // machine name
	Value      string      `json:"value,omitempty"`      // the text of the cell
	Message    string      `json:"message"`              // what is wrong: lower case, no full stop
	Suggestion string      `json:"suggestion,omitempty"` // what would be right; may be empty
}

// String returns the problem as people read it, without its row: `column "Zip": "4101" has 4 digits, a US zip has 5;
// was a leading zero lost?`.
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

// InputError says why a whole file can't be used, so that nothing in it is sent. It holds every such problem, not
// only the first.
type InputError struct {
	File     string // as the user named it
	Unit     string // "row" or "line": how Problem.Row is counted in this file
	Problems []Problem
}

// Error returns one line per problem.
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
