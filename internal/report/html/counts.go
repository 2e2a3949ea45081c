package html

import (
	"cmp"
	"maps"
	"slices"
)

// maxBars is how many bars a chart has, apart from one for all others.
const maxBars = 10

// officeCounts counts offices by country and by time zone. The zero officeCounts is ready for use.
type officeCounts struct {
	countries, zones map[string]int
}

func (c *officeCounts) add(r *pageRow) {
	if c.countries == nil {
		c.countries, c.zones = map[string]int{}, map[string]int{}
	}
	c.countries[r.Country]++
	c.zones[r.Zone]++
}

type bar struct {
	Name  string // empty: rows without one
	Count int
	Width int // in percent of the longest bar
	Rest  int // how many names this bar is for; 0: just one
}

// bars returns the most frequent names first, and one last bar for the rest.
func bars(counts map[string]int) []bar {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var list []bar
	rest := bar{}
	for i, name := range names {
		if i < maxBars || len(names) == maxBars+1 {
			list = append(list, bar{Name: name, Count: counts[name]})
			continue
		}
		rest.Count, rest.Rest = rest.Count+counts[name], rest.Rest+1
	}
	if rest.Rest > 0 {
		list = append(list, rest)
	}
	return scaled(list)
}

func scaled(list []bar) []bar {
	longest := 1
	for _, b := range list {
		longest = max(longest, b.Count)
	}
	for i := range list {
		list[i].Width = max(1, list[i].Count*100/longest)
	}
	return list
}
