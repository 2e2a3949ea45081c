package locale

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// PostalVerdict is what is known of a postal code.
type PostalVerdict uint8

const (
	// PostalUnknown: the country has no postal codes, or none are known; any
	// text is as good as another.
	PostalUnknown PostalVerdict = iota
	// PostalOK: a code of the country, and of the region as far as known. It
	// may have been respaced, put into upper case or freed of the country's
	// letters before it ("CH-8001").
	PostalOK
	// PostalPadded: zeros in front were lost, and there is only one code that
	// it can have been.
	PostalPadded
	// PostalMismatch: a code of the country, but of another region. Codes that
	// cross a border are rare, and known only in part.
	PostalMismatch
	// PostalBad: no code of the country.
	PostalBad
)

// postalCodes is how the codes of a country look.
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

// PostalCode judges the postal code that people wrote in an address of a
// country (alpha-2, upper case) and region (its code or name, or empty). The
// code returned is in the country's usual form; where the verdict is PostalBad
// or PostalUnknown it is the text as it stands.
//
// Spacing and case are put right ("k1a0b1" is K1A 0B1, "021341234" is
// 02134-1234). Zeros are put back only where that is certain: "2134" is 02134
// in Massachusetts, and bad in Texas or without a state.
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

// PostalExample is a postal code as the country writes them; empty if unknown.
func PostalExample(country string) string {
	if p := postal()[country]; p != nil {
		return p.example
	}
	return ""
}

// read is the code in its usual layout, if it is one of the country: however
// it was spaced, else as it stands, else without the country before it.
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

// compact is a code without spaces and hyphens, in upper case. A dot stays:
// "2134.0" is a number that went wrong, not 21340.
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
