package cell

import (
	"strings"
	"sync"

	"officeimporter/internal/office"
)

// Rules apply to all cells of a file. The zero Rules allow repairs. Safe for concurrent use.
type Rules struct {
	// NoRepairs turns repairs into problems: lost zeros, line breaks, dates next to times, phones without a country.
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

// maxHints is how many different mistakes get a suggestion. Finding one takes about a millisecond, and a column that
// is mapped to the wrong field must not take minutes.
const maxHints = 1000

// hints caches suggestions, as people repeat their mistakes. A mistake that got none because the cache was full never
// gets one, so that every pass says the same. The zero hints are empty. Safe for concurrent use.
type hints struct {
	mu    sync.Mutex
	found map[string]string
}

// find lists the names that a mistyped text may mean, as a message does ("Iceland or Ireland"); empty if there are
// none.
func (h *hints) find(kind, text string, search func() []string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	key := kind + "\x00" + text
	hint, ok := h.found[key]
	if !ok && len(h.found) < maxHints {
		if h.found == nil {
			h.found = make(map[string]string)
		}
		hint = strings.Join(search(), " or ")
		h.found[key] = hint
	}
	return hint
}
