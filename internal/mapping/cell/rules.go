package cell

import (
	"strings"

	"officeimporter/internal/office"
)

// Rules are the same for all cells of a file. The zero Rules allow repairs.
// Safe for concurrent use.
type Rules struct {
	// NoRepairs makes problems of values that would be put right with a
	// warning: lost zeros, line breaks, dates next to times, phones without a
	// country.
	NoRepairs bool

	hints hints
}

// Notes are what is said of the cells of a row. The zero Notes are empty.
type Notes struct {
	Problems []office.Problem // these cells can't be used
	Warnings []office.Problem // doubts; the values are used
}

// Address is what values are read by, apart from their own cells. Either part
// is empty where it isn't known, or makes no difference.
type Address struct{ Country, Region string }

func (a Address) Clone() Address {
	return Address{strings.Clone(a.Country), strings.Clone(a.Region)}
}

// first is the first problem, without where it is; nil where there is none.
func (n *Notes) first() *office.Problem {
	if len(n.Problems) == 0 {
		return nil
	}
	return &office.Problem{Message: n.Problems[0].Message, Suggestion: n.Problems[0].Suggestion}
}
