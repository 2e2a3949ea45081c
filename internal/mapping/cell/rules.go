package cell

import (
	"strings"

	"officeimporter/internal/office"
)

// Rules apply to all cells of a file. The zero Rules allow repairs. Safe for concurrent use.
type Rules struct {
	// NoRepairs turns repairs into problems: lost zeros, line breaks, dates next to times, phones without a
	// country.
	NoRepairs bool

	hints hints
}

// Notes are what there is to say about the cells of a row. The zero Notes are empty.
type Notes struct {
	Problems []office.Problem // cells that can't be used
	Warnings []office.Problem // doubtful cells whose values are used
}

// Address is what, apart from the cell itself, decides how it is read. Either part is empty if it isn't known or
// makes no difference.
type Address struct{ Country, Region string }

// Clone is a copy that doesn't keep the row's text in memory.
func (a Address) Clone() Address {
	return Address{strings.Clone(a.Country), strings.Clone(a.Region)}
}

// first is the first problem without its place; nil if there is none.
func (n *Notes) first() *office.Problem {
	if len(n.Problems) == 0 {
		return nil
	}
	return &office.Problem{Message: n.Problems[0].Message, Suggestion: n.Problems[0].Suggestion}
}
