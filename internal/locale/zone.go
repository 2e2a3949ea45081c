package locale

import (
	"slices"
	"strings"
	"sync"
	_ "time/tzdata" // so that every zone loads on a machine without zone files

	"officeimporter/internal/near"
)

// zoneTable has time zones by their names in the tz database, their Windows names, and the names that Windows shows
// to people.
type zoneTable struct {
	names    map[string]string            // canonical spellings by folded name
	windows  map[string]map[string]string // tz names by folded Windows name and country
	displays map[string]string            // folded Windows names by Key of the displayed name
	ofPlace  map[string][]string          // main zones by country
}

// world means any country in the Windows table.
const world = "001"

var zones = sync.OnceValue(func() zoneTable {
	t := zoneTable{
		names:    make(map[string]string, 1024),
		windows:  make(map[string]map[string]string, 256),
		displays: make(map[string]string, 256),
		ofPlace:  make(map[string][]string, 256),
	}
	for record := range records(zonesTSV) {
		t.names[Fold(record[0])] = record[0]
	}
	for record := range records(windowsTSV) {
		t.addWindows(Fold(record[0]), record[1:])
	}
	for record := range records(displaysTSV) {
		t.displays[record[0]] = Fold(record[1])
	}
	return t
})

func (t *zoneTable) addWindows(name string, pairs []string) {
	t.windows[name] = make(map[string]string, len(pairs))
	for _, pair := range pairs {
		country, zone, _ := strings.Cut(pair, "=")
		t.windows[name][country] = zone
		t.ofPlace[country] = append(t.ofPlace[country], zone)
	}
}

// Zone returns the tz database name, in its canonical spelling, for what people write: such a name in any case,
// including old ones (US/Pacific stays), a Windows name, or what Windows shows ("(UTC-05:00) Eastern Time (US &
// Canada)"). For Windows names the country (alpha-2, or empty) decides: Eastern Standard Time is America/Toronto in
// CA. ok is false if Windows has no such zone in the country: Eastern Standard Time in AU is another one.
//
// ok is also false for abbreviations ("EST", "PST"), which mean several zones, and for "" and "Local", which package
// time would accept. Every returned name loads with time.LoadLocation.
func Zone(text, country string) (name string, ok bool) {
	t := zones()
	key := Fold(text)
	if name, ok = t.names[key]; ok {
		return name, true
	}
	if name, ok = t.names[strings.ReplaceAll(key, " ", "_")]; ok {
		return name, true
	}
	places, ok := t.windows[key]
	if !ok {
		places = t.windows[t.displays[Key(withoutOffset(key))]]
	}
	if country == "" {
		country = world
	}
	name, ok = places[country]
	return name, ok
}

// withoutOffset removes the "(UTC-05:00)" or "(GMT+1)" before a name.
func withoutOffset(key string) string {
	if !strings.HasPrefix(key, "(utc") && !strings.HasPrefix(key, "(gmt") {
		return key
	}
	_, rest, _ := strings.Cut(key, ")")
	return rest
}

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
