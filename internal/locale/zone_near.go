package locale

import (
	"slices"
	"strings"

	"officeimporter/internal/near"
)

// NearZones is at most n names of the tz database that a text may have meant,
// the likeliest first: the zone that an abbreviation has in the country, names
// that differ by a slip, a city without its continent; if there are none, the
// main zones of the country (alpha-2, or empty). They are for a message only.
func NearZones(text, country string, n int) []string {
	t := zones()
	if name, ok := t.windows[abbreviated[Key(text)]][country]; ok {
		return []string{name}[:min(1, max(0, n))]
	}
	var found near.Ranking
	full, city := near.NewWord(Key(text), near.Misspelling), near.NewWord(Key(lastPart(text)), near.Misspelling)
	for _, name := range t.names {
		if !strings.Contains(name, "/") || strings.HasPrefix(name, "Etc/") {
			continue // no place's; and the sign of Etc/GMT+1 means the opposite of what people mean
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

// abbreviated is what an abbreviation or half a name most likely means, by
// folded Windows name; only in a country that has that zone is it suggested.
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

// lastPart is the city of "America/New_York".
func lastPart(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
