package cell

import (
	"strings"
	"sync"
)

// maxHints is how many different mistakes get a suggestion. Finding one takes about a millisecond, and a column
// that is mapped to the wrong field must not take minutes.
const maxHints = 1000

// hints caches suggestions, as people repeat their mistakes. A mistake that got none because the cache was full
// never gets one, so that every pass says the same. The zero hints are empty. Safe for concurrent use.
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
