package locale

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// tooFar is a distance that no suggestion may have.
const tooFar = 1 << 10

// typed is a text that names are compared with.
type typed struct {
	key    string
	length int // in characters
	limit  int // the largest distance that still looks like a slip
}

func newTyped(text string) typed {
	key := Key(text)
	length := utf8.RuneCountInString(key)
	if length < 4 { // any three letters are near some code
		return typed{key, length, 0}
	}
	return typed{key, length, (length + 1) / 4} // two letters changed places count as two
}

// distance is how many characters to change, or tooFar. Names whose lengths
// differ too much are not compared at all: that is most of them.
func (t typed) distance(key string) int {
	if t.limit == 0 || abs(len(key)-len(t.key)) > t.limit*utf8.UTFMax {
		return tooFar
	}
	if abs(utf8.RuneCountInString(key)-t.length) > t.limit {
		return tooFar
	}
	if d := levenshtein.ComputeDistance(t.key, key); d <= t.limit {
		return d
	}
	return tooFar
}

// ranking collects suggestions. The zero ranking is ready to use.
type ranking map[string]int

func (r *ranking) add(name string, distance int) {
	if distance >= tooFar {
		return
	}
	if *r == nil {
		*r = ranking{}
	}
	if d, ok := (*r)[name]; !ok || distance < d {
		(*r)[name] = distance
	}
}

// best is at most n names, the nearest first, equally near ones in order.
func (r ranking) best(n int) []string {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(r[a], r[b]), cmp.Compare(a, b))
	})
	return names[:max(0, min(n, len(names)))]
}

func abs(n int) int { return max(n, -n) }
