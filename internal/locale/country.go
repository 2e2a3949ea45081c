// Package locale knows countries, states and provinces, postal codes, telephone numbers and time zones, in the many
// ways in which people write them.
//
// It returns codes and never guesses: if something isn't certain, it isn't ok. The Near functions are only for
// messages ("did you mean"); their results must not be sent without asking.
//
// The tables are generated from the Unicode CLDR and Google's address metadata (see generate; NOTICE.md has their
// licences). They are read on first use, which takes a few milliseconds. Everything here is safe for concurrent use.
package locale

import (
	"strings"
	"sync"

	"officeimporter/internal/near"
)

// countryTable has every country of ISO 3166-1.
type countryTable struct {
	codes map[string]string // by key: codes of two and three letters, names
	names map[string]string // English names by code
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

// Country returns the ISO 3166-1 alpha-2 code ("US") for what people write: a code of two or three letters, a name in
// English or in one of almost forty other languages, or a common short form (UK, U.S.A., Korea, Scotland). Case,
// accents and punctuation don't matter. A code wins over a name that looks like it: "NGA" is Nigeria, although Russia
// is "Nga" in Vietnamese. ok is false for a name of two countries ("Congo").
func Country(text string) (code string, ok bool) {
	t := countries()
	if _, ok = t.names[text]; ok { // most are a code already
		return text, true
	}
	code, ok = t.codes[Key(text)]
	return code, ok
}

// CountryName returns the English name for an alpha-2 code in any case, or the code itself if there is no such
// country.
func CountryName(code string) string {
	if name, ok := countries().names[strings.ToUpper(code)]; ok {
		return name
	}
	return code
}

// NearCountries returns up to n English names of countries that a misspelled text may mean, the likeliest first, or
// none if nothing is close. It compares the text with every known name, which takes about a millisecond, so call it
// only once for a text.
func NearCountries(text string, n int) []string {
	t := countries()
	var found near.Ranking
	typed := near.NewWord(Key(text), near.Misspelling)
	for key, code := range t.codes {
		found.Add(t.names[code], typed.Distance(key))
	}
	return found.Best(n)
}

//go:generate go run ./generate -packages $LOCALE_PACKAGES -out data
