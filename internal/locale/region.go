package locale

import (
	"regexp"
	"strings"
	"sync"

	"officeimporter/internal/near"
)

type region struct {
	code string
	name string
	zip  func() *regexp.Regexp // matches the start of its postal codes; nil: not known
}

// has reports whether a postal code is in the region.
func (r *region) has(code string) bool { return r.zip != nil && r.zip().MatchString(code) }

type countryRegions struct {
	all   []*region
	byKey map[string]*region
}

var regions = sync.OnceValue(func() map[string]*countryRegions {
	all := make(map[string]*countryRegions)
	for record := range records(regionsTSV) {
		own := all[record[0]]
		if own == nil {
			own = &countryRegions{byKey: make(map[string]*region)}
			all[record[0]] = own
		}
		r := &region{code: record[1], name: record[2]}
		if zip := record[3]; zip != "" {
			r.zip = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("^(?:" + zip + ")") })
		}
		own.all = append(own.all, r)
		for _, key := range record[4:] {
			own.byKey[key] = r
		}
	}
	return all
})

// find returns nil if the country has no such region or no known regions.
func (c *countryRegions) find(country, text string) *region {
	if c == nil {
		return nil
	}
	key := Key(text)
	if r := c.byKey[key]; r != nil {
		return r
	}
	// ISO 3166-2 puts the country first: US-MA.
	if rest, ok := strings.CutPrefix(key, strings.ToLower(country)+" "); ok {
		return c.byKey[rest]
	}
	return nil
}

// coded reports whether addresses of a country have the region's code, and the tables have all its regions. Elsewhere
// people write names (ES, JP), older or larger regions (IT, FR), or anything (GB).
func coded(country string) bool {
	switch country {
	case "AU", "BR", "CA", "US":
		return true
	}
	return false
}

// Region returns the code to send for a state or province in an address of a country (alpha-2 in upper case): "MA"
// for "Massachusetts", "ma" or "US-MA"; "QC" for "Québec". Case, accents and punctuation don't matter.
//
// If known is false, the country's addresses have no region codes: any text that isn't blank is ok, and code is the
// text unchanged.
func Region(country, text string) (code string, ok, known bool) {
	if !coded(country) {
		return text, strings.TrimSpace(text) != "", false
	}
	if r := regions()[country].find(country, text); r != nil {
		return r.code, true, true
	}
	return "", false, true
}

// RegionName returns the name of a region by the code that Region returns, or the code itself if there is no such
// region.
func RegionName(country, code string) string {
	if r := regions()[country].find(country, code); r != nil {
		return r.name
	}
	return code
}

// NearRegions returns up to n names of regions that a misspelled text may mean, the likeliest first. It returns none
// if nothing is close or the country has no known regions.
func NearRegions(country, text string, n int) []string {
	own := regions()[country]
	if own == nil {
		return nil
	}
	var found near.Ranking
	typed := near.NewWord(Key(text), near.Misspelling)
	for key, r := range own.byKey {
		found.Add(r.name, typed.Distance(key))
	}
	return found.Best(n)
}
