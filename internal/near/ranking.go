package near

import (
	"cmp"
	"slices"
)

// Ranking collects suggestions. The zero Ranking is ready to use. Not for concurrent use.
type Ranking map[string]int

// Add adds a name at a distance, unless that is too far.
func (r *Ranking) Add(name string, distance int) {
	if distance >= tooFar {
		return
	}
	if *r == nil {
		*r = Ranking{}
	}
	if d, ok := (*r)[name]; !ok || distance < d {
		(*r)[name] = distance
	}
}

// Best is up to n names, nearest first, equally near ones in alphabetical order. It is empty if n is negative.
func (r Ranking) Best(n int) []string {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(r[a], r[b]), cmp.Compare(a, b))
	})
	return names[:max(0, min(n, len(names)))]
}
