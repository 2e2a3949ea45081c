package locale

import (
	"slices"
	"strings"

	"officeimporter/internal/near"
)

// NearZones returns up to n tz database names that a text may mean, the likeliest first: the meaning of an
// abbreviation in the country, misspelled names, and cities without their continent. If there are none, it returns
// the main zones of the country (alpha-2, or empty). They are only for messages.
func NearZones(text, country string, n int) []string {
	t := zones()
	if name, ok := t.windows[abbreviated[Key(text)]][country]; ok {
		return []string{name}[:min(1, max(0, n))]
	}
	var found near.Ranking
	full, city := near.NewWord(Key(text), near.Misspelling), near.NewWord(Key(lastPart(text)), near.Misspelling)
	for _, name := range t.names {
		if !strings.Contains(name, "/") || strings.HasPrefix(name, "Etc/") {
			continue // not a place; and people expect Etc/GMT+1 to have the opposite sign
		}
		found.Add(name, full.Distance(Key(name)))
		found.Add(name, city.Distance(Key(lastPart(name)))+1)
	}
	if len(found) > 0 {
		return found.Best(n)
	}
	own := slices.Compact(slices.Sorted(slices.Values(t.ofPlace[country])))
	return own[:max(0, min(n, len(own)))]
}

// abbreviated has the likeliest meaning of an abbreviation or part of a name, as a folded Windows name. It is
// suggested only in a country with that zone.
var abbreviated = map[string]string{
	"eastern": "eastern standard time", "et": "eastern standard time",
	"est": "eastern standard time", "edt": "eastern standard time",
	"central": "central standard time", "ct": "central standard time",
	"cst": "central standard time", "cdt": "central standard time",
	"mountain": "mountain standard time", "mt": "mountain standard time",
	"mst": "mountain standard time", "mdt": "mountain standard time",
	"pacific": "pacific standard time", "pt": "pacific standard time",
	"pst": "pacific standard time", "pdt": "pacific standard time",
	"akst": "alaskan standard time", "akdt": "alaskan standard time", "hst": "hawaiian standard time",
	"bst": "gmt standard time", "ist": "india standard time", "jst": "tokyo standard time",
	"aest": "aus eastern standard time", "aedt": "aus eastern standard time",
	"awst": "w. australia standard time", "acst": "cen. australia standard time",
	"nzst": "new zealand standard time", "nzdt": "new zealand standard time",
}

// lastPart returns the city of "America/New_York".
func lastPart(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
