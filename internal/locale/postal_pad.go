package locale

import "strings"

// pad adds leading zeros if digits are missing and the result is certain.
func (p *postalCodes) pad(digits string, where *region) (code string, ok bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	for zeros := 1; zeros <= 4; zeros++ {
		digits = "0" + digits
		if code = p.layout.apply(digits); p.match(code) {
			return code, p.certain(code, zeros, where)
		}
	}
	return "", false
}

// certain reports whether a code that lacks this many zeros can't be any other. If the region is known, it decides.
// Otherwise one zero is certain in countries whose codes may begin with it, but not in the US: there another digit
// may just as well be missing, and every address has a state to decide by.
func (p *postalCodes) certain(code string, zeros int, where *region) bool {
	if where != nil && where.zip != nil {
		return where.has(code)
	}
	if known, ok := zeroed[p.country]; ok {
		rest, ok := strings.CutPrefix(code, known.start)
		return ok && zeros <= known.lost && strings.Contains(known.next, rest[:1])
	}
	return p.country != "US" && zeros == 1 && regions()[p.country].has(code)
}

// has reports whether a postal code is known to be in any region.
func (c *countryRegions) has(code string) bool {
	if c == nil {
		return false
	}
	for _, r := range c.all {
		if r.has(code) {
			return true
		}
	}
	return false
}

// zeroed are the countries with leading zeros in postal codes but no regions that show them: how many zeros may be
// added, how such codes start, and which digits may follow. Two zeros are certain only in Puerto Rico, where all
// codes have them.
var zeroed = map[string]struct {
	lost  int
	start string
	next  string
}{
	"CN": {1, "0", "1234567"},
	"CO": {1, "0", "58"},
	"DE": {1, "0", "12346789"},
	"DK": {1, "0", "89"},
	"EC": {1, "0", "123456789"},
	"FI": {1, "0", "123456789"},
	"FR": {1, "0", "123456789"},
	"GT": {1, "0", "123456789"},
	"KE": {1, "0", "1"},
	"KZ": {1, "0", "123456789"},
	"LK": {1, "0", "1"},
	"LT": {1, "0", "123456789"},
	"NO": {1, "0", "123456789"},
	"NZ": {1, "0", "123456789"},
	"PE": {1, "0", "123456789"},
	"PL": {1, "0", "123456789"},
	"PR": {2, "00", "679"},
	"RO": {1, "0", "12345678"},
	"SG": {1, "0", "13456789"},
	"SK": {1, "0", "123456789"},
	"ZA": {1, "0", "123456789"},
}
