package locale

import (
	"strings"
	"sync"
	_ "time/tzdata" // so that every zone loads on a machine without zone files
)

// zoneTable knows time zones by the names of the tz database, of Windows, and
// by those that Windows shows to people.
type zoneTable struct {
	names    map[string]string            // by folded name: canonical spelling
	windows  map[string]map[string]string // by folded Windows name: country: tz name
	displays map[string]string            // by Key of what is shown: folded Windows name
	ofPlace  map[string][]string          // by country: its main zones
}

// world stands for any country in the Windows table.
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

// Zone is the name in the tz database, in its canonical spelling, for what
// people write: such a name in any case, old ones too (US/Pacific stays so), a
// Windows name, or what Windows shows ("(UTC-05:00) Eastern Time (US &
// Canada)"). For the latter two the country (alpha-2, or empty) chooses:
// Eastern Standard Time is America/Toronto in CA. They are not ok in a country
// that Windows has no such zone for: Eastern Standard Time in AU is another.
//
// Abbreviations ("EST", "PST") mean several zones, and are not ok; neither are
// "" and "Local", which package time would take. Every name that is ok loads
// with time.LoadLocation.
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

// withoutOffset cuts the "(UTC-05:00)" or "(GMT+1)" before a name.
func withoutOffset(key string) string {
	if !strings.HasPrefix(key, "(utc") && !strings.HasPrefix(key, "(gmt") {
		return key
	}
	_, rest, _ := strings.Cut(key, ")")
	return rest
}
