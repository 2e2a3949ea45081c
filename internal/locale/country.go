package locale

import (
	"strings"
	"sync"

	"officeimporter/internal/near"
)

// countryTable is every country of ISO 3166-1.
type countryTable struct {
	codes map[string]string // by key: codes of two and three letters, names
	names map[string]string // by code: English
}

var countries = sync.OnceValue(func() countryTable {
	t := countryTable{make(map[string]string, 8192), make(map[string]string, 256)}
	for record := range records(countriesTSV) {
		code := record[0]
		t.names[code] = record[1]
		for _, key := range record[2:] {
			t.codes[key] = code
		}
	}
	return t
})

// Country is the ISO 3166-1 alpha-2 code ("US") for what people write: a code
// of two or three letters, a name in English or any of almost forty languages, a
// usual short form (UK, U.S.A., Korea, Scotland). Case, accents and punctuation
// don't matter, and a code wins over a name that looks like it: "NGA" is
// Nigeria, although the Vietnamese "Nga" is Russia. Names that mean two
// countries ("Congo") are not ok.
func Country(text string) (code string, ok bool) {
	t := countries()
	if _, ok = t.names[text]; ok { // a code as it should be, as most are
		return text, true
	}
	code, ok = t.codes[Key(text)]
	return code, ok
}

// CountryName is the English name for an alpha-2 code in any case; the code
// itself if there is no such country.
func CountryName(code string) string {
	if name, ok := countries().names[strings.ToUpper(code)]; ok {
		return name
	}
	return code
}

// NearCountries is at most n English names of countries that a misspelled text
// may have meant, the likeliest first; none if nothing is near. It compares
// with every known name and takes about a millisecond: ask once for a text.
func NearCountries(text string, n int) []string {
	t := countries()
	var found near.Ranking
	typed := near.NewWord(Key(text), near.Misspelling)
	for key, code := range t.codes {
		found.Add(t.names[code], typed.Distance(key))
	}
	return found.Best(n)
}
