package locale

import (
	_ "embed"
	"iter"
	"strings"
)

// The tables are text with a record per line and tabs between fields: small in the binary, quick to read and easy to
// review.
var (
	//go:embed data/countries.tsv
	countriesTSV string // code, English name, keys ...
	//go:embed data/regions.tsv
	regionsTSV string // country, code, name, start of its postal codes (regexp), keys ...
	//go:embed data/postal.tsv
	postalTSV string // country, pattern of its postal codes (regexp), example
	//go:embed data/zones.tsv
	zonesTSV string // name in the tz database, in its canonical spelling
	//go:embed data/windows.tsv
	windowsTSV string // Windows name, then country=zone ..., the first for any country
	//go:embed data/displays.tsv
	displaysTSV string // key of a displayed name, Windows name
)

func records(table string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			if !yield(strings.Split(strings.TrimSuffix(line, "\n"), "\t")) {
				return
			}
		}
	}
}
