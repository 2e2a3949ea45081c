package locale

import (
	_ "embed"
	"iter"
	"strings"
)

// The tables are text, a record a line, its fields parted by tabs: small in
// the binary, quick to read, and a change of them can be reviewed.
var (
	//go:embed data/countries.tsv
	countriesTSV string // code, English name, keys by which it is known ...
	//go:embed data/regions.tsv
	regionsTSV string // country, code, name, start of its postal codes (regexp), keys ...
	//go:embed data/postal.tsv
	postalTSV string // country, pattern of its postal codes (regexp), example
	//go:embed data/zones.tsv
	zonesTSV string // name in the tz database, in its canonical spelling
	//go:embed data/windows.tsv
	windowsTSV string // Windows name, then country=zone ..., the first for any country
	//go:embed data/displays.tsv
	displaysTSV string // key of a name that people see, Windows name
)

// records reads a table.
func records(table string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			if !yield(strings.Split(strings.TrimSuffix(line, "\n"), "\t")) {
				return
			}
		}
	}
}
