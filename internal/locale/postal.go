package locale

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// PostalVerdict is the result of checking a postal code.
type PostalVerdict uint8

// The verdicts on postal codes.
const (
	// PostalUnknown means that the country has no postal codes or none are known, so any text is acceptable.
	PostalUnknown PostalVerdict = iota
	// PostalOK is a code of the country and, as far as known, of the region. Spacing and case may have been
	// corrected, or the country's letters removed ("CH-8001").
	PostalOK
	// PostalPadded is a code that had lost leading zeros and can have been only this one.
	PostalPadded
	// PostalMismatch is a code of another region of the country. Codes that cross a border are rare and not all
	// known.
	PostalMismatch
	// PostalBad isn't a code of the country.
	PostalBad
)

// postalCodes is the format of a country's postal codes.
type postalCodes struct {
	country string
	pattern func() *regexp.Regexp
	example string
	layout  layout
}

var postal = sync.OnceValue(func() map[string]*postalCodes {
	all := make(map[string]*postalCodes)
	for record := range records(postalTSV) {
		pattern := "^(?:" + record[1] + ")$"
		all[record[0]] = &postalCodes{
			country: record[0],
			pattern: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) }),
			example: record[2],
			layout:  layouts[record[0]],
		}
	}
	return all
})

// PostalCode checks a postal code in an address with a country (alpha-2 in upper case) and region (code, name or
// empty). It returns the code in the country's usual form. If the verdict is PostalBad or PostalUnknown, that is the
// text unchanged.
//
// Spacing and case are corrected ("k1a0b1" becomes K1A 0B1, "021341234" becomes 02134-1234). Zeros are added only if
// that is certain: "2134" is 02134 in Massachusetts, but bad in Texas or without a state.
func PostalCode(country, region, text string) (code string, verdict PostalVerdict) {
	p := postal()[country]
	if p == nil {
		return text, PostalUnknown
	}
	where := regions()[country].find(country, region)
	if code, ok := p.read(text); ok {
		if where != nil && where.zip != nil && !where.has(code) {
			return code, PostalMismatch
		}
		return code, PostalOK
	}
	if code, ok := p.pad(compact(text), where); ok {
		return code, PostalPadded
	}
	return text, PostalBad
}

// PostalExample returns a postal code as the country writes them, or "" if none is known.
func PostalExample(country string) string {
	if p := postal()[country]; p != nil {
		return p.example
	}
	return ""
}

// read returns the code in its usual layout if it is valid in the country: respaced, as it is, or without the
// country's letters.
func (p *postalCodes) read(text string) (code string, ok bool) {
	tight := compact(text)
	if code = p.layout.apply(tight); p.match(code) {
		return code, true
	}
	if code = strings.ToUpper(spaced(text)); p.match(code) {
		return code, true
	}
	code = p.layout.apply(withoutCountry(tight, p.country))
	return code, p.match(code)
}

func (p *postalCodes) match(code string) bool { return p.pattern().MatchString(code) }

// compact removes spaces and hyphens and returns upper case. Dots stay: "2134.0" is a broken number, not 21340.
func compact(text string) string {
	if tight(text) {
		return text
	}
	text = norm.NFKC.String(visible(text)) // full-width digits, no-break hyphens
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-', '\u2010' <= r && r <= '\u2015', r == '\u2212':
			return -1
		}
		return r
	}, text))
}

func tight(text string) bool {
	for i := range len(text) {
		c := text[i]
		if (c < '0' || '9' < c) && (c < 'A' || 'Z' < c) {
			return false
		}
	}
	return true
}
