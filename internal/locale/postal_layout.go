package locale

import "strings"

// layout is how a country spaces its codes. The zero layout leaves them as they are.
type layout struct {
	prefix    string // before the digits: "LV-"
	at        int    // position of the separator; negative: from the end
	separator string
}

// layouts are written by hand: the patterns of the address metadata allow codes with and without separator and don't
// say which is usual.
var layouts = map[string]layout{
	"BR": {at: 5, separator: "-"},
	"CA": {at: 3, separator: " "},
	"CZ": {at: 3, separator: " "},
	"GB": {at: -3, separator: " "},
	"GR": {at: 3, separator: " "},
	"IE": {at: 3, separator: " "},
	"JP": {at: 3, separator: "-"},
	"LV": {prefix: "LV-"},
	"MT": {at: 3, separator: " "},
	"NL": {at: 4, separator: " "},
	"PL": {at: 2, separator: "-"},
	"PR": {at: 5, separator: "-"},
	"PT": {at: 4, separator: "-"},
	"SE": {at: 3, separator: " "},
	"SK": {at: 3, separator: " "},
	"SV": {prefix: "CP "},
	"US": {at: 5, separator: "-"},
}

// apply spaces a compact code. A code that is too short stays as it is.
func (l layout) apply(code string) string {
	at := l.at
	if at < 0 {
		at += len(code)
	}
	if 0 < at && at < len(code) {
		code = code[:at] + l.separator + code[at:]
	}
	return l.prefix + code
}

// withoutCountry removes the letters that Europeans write before a code: CH-8001, D-10115. They are the ISO code or
// the one on number plates.
func withoutCountry(code, country string) string {
	if rest, ok := strings.CutPrefix(code, country); ok {
		return rest
	}
	rest, _ := strings.CutPrefix(code, plates[country])
	return rest
}

var plates = map[string]string{
	"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FR": "F", "IT": "I", "LU": "L",
	"NO": "N", "PT": "P", "SE": "S", "HU": "H", "FI": "FIN", "SI": "SLO", "SV": "CP",
}
