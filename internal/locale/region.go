package locale

import (
	"regexp"
	"strings"
	"sync"

	"officeimporter/internal/near"
)

// region is a state, province or the like.
type region struct {
	code string
	name string
	zip  func() *regexp.Regexp // how its postal codes start; nil: not known
}

// has tells whether a postal code is one of the region.
func (r *region) has(code string) bool { return r.zip != nil && r.zip().MatchString(code) }

// countryRegions are the regions of one country.
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

// find is nil if the country has no such region, or none are known.
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

// coded are the countries in whose addresses the region stands as a code, and
// whose regions the tables hold completely. Elsewhere people write names (ES,
// JP), older or larger regions (IT, FR), or whatever they like (GB).
func coded(country string) bool {
	switch country {
	case "AU", "BR", "CA", "US":
		return true
	}
	return false
}

// Region is the code to send for the state or province that people write in an
// address of a country (alpha-2, upper case): "MA" for "Massachusetts", "ma"
// or "US-MA"; "QC" for "Québec". Case, accents and punctuation don't matter.
//
// Where known is false the country's addresses have no codes, any text is
// right, and code is the text as it stands (ok, if it isn't blank).
func Region(country, text string) (code string, ok, known bool) {
	if !coded(country) {
		return text, strings.TrimSpace(text) != "", false
	}
	if r := regions()[country].find(country, text); r != nil {
		return r.code, true, true
	}
	return "", false, true
}

// RegionName is the name of a region by its code as Region gives it; the code
// itself if there is no such region.
func RegionName(country, code string) string {
	if r := regions()[country].find(country, code); r != nil {
		return r.name
	}
	return code
}

// NearRegions is at most n names of regions that a misspelled text may have
// meant, the likeliest first; none if nothing is near or the country has none.
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
