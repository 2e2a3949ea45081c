package locale_test

import (
	"slices"
	"testing"

	"officeimporter/internal/locale"
)

func TestCountry(t *testing.T) {
	tests := []struct{ in, want string }{
		{"US", "US"}, {"us", "US"}, {" U.S. ", "US"}, {"USA", "US"}, {"U.S.A.", "US"},
		{"United States of America", "US"}, {"Vereinigte Staaten", "US"}, {"États-Unis", "US"},
		{"UK", "GB"}, {"uk", "GB"}, {"Great Britain", "GB"}, {"England", "GB"}, {"GBR", "GB"}, {"U.K.", "GB"},
		{"Deutschland", "DE"}, {"Allemagne", "DE"}, {"DEUTSCHLAND", "DE"}, {"DEU", "DE"},
		{"Korea", "KR"}, {"Korea, Republic of", "KR"}, {"South Korea", "KR"}, {"대한민국", "KR"},
		{"日本", "JP"}, {"Nippon", ""}, {"Россия", "RU"}, {"Russian Federation", "RU"},
		{"Österreich", "AT"}, {"Osterreich", "AT"}, {"Schweiz", "CH"}, {"Suisse", "CH"},
		{"España", "ES"}, {"Espana", "ES"}, {"Brasil", "BR"}, {"México", "MX"},
		{"The Netherlands", "NL"}, {"Holland", "NL"}, {"Czech Republic", "CZ"}, {"Czechia", "CZ"},
		{"Turkey", "TR"}, {"Türkiye", "TR"}, {"Viet Nam", "VN"}, {"Côte d'Ivoire", "CI"}, {"Ivory Coast", "CI"},
		{"Hong Kong", "HK"}, {"Taiwan", "TW"}, {"Puerto Rico", "PR"}, {"Éire", "IE"},
		{"Dominican Rep.", "DO"}, {"EL", "GR"}, {"NO", "NO"}, {"Norge", "NO"},
		{"NGA", "NG"},  // although it is Russia in Vietnamese
		{"NA", "NA"},   // Namibia, whatever a spreadsheet thinks
		{"Congo", ""},  // two countries
		{"DP", ""},     // the API lists it; ISO doesn't
		{"SAD", ""},    // the USA in Croatian, but more likely a slip
		{"XX", ""},     // not a country
		{"XK", ""},     // for private use in ISO 3166-1
		{"ZZ", ""},     // unknown region
		{"EU", ""},     // not a country
		{"Europe", ""}, // not a country
		{"", ""},
		{"Untied States", ""},
	}
	for _, tt := range tests {
		if got, ok := locale.Country(tt.in); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Country(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

// These are the codes that the API accepts, without DP, which isn't a country.
func TestCountryKnowsWhatTheAPITakes(t *testing.T) {
	codes := []string{"AR", "AT", "AU", "BD", "BE", "BG", "BH", "BR", "CA", "CH", "CI", "CL", "CN", "CO",
		"CR", "CY", "CZ", "DE", "DK", "DO", "EC", "EE", "EG", "ES", "FI", "FR", "GB", "GH", "GR", "GT", "HK",
		"HR", "HU", "ID", "IE", "IL", "IN", "IS", "IT", "JP", "KE", "KH", "KR", "KZ", "LK", "LT", "LU", "LV",
		"MA", "MD", "MM", "MT", "MX", "MY", "NG", "NL", "NO", "NZ", "PA", "PE", "PH", "PK", "PL", "PR", "PT",
		"PY", "RO", "RU", "SA", "SE", "SG", "SI", "SK", "SV", "TH", "TR", "TW", "UA", "US", "UY", "VE", "VN", "ZA"}
	for _, code := range codes {
		if got, ok := locale.Country(code); !ok || got != code {
			t.Errorf("Country(%q) = %q, %v", code, got, ok)
		}
		if got, ok := locale.Country(locale.CountryName(code)); !ok || got != code {
			t.Errorf("Country(%q) = %q, %v, want %q", locale.CountryName(code), got, ok, code)
		}
	}
}

func TestCountryName(t *testing.T) {
	for code, want := range map[string]string{"US": "United States", "gb": "United Kingdom", "XX": "XX"} {
		if got := locale.CountryName(code); got != want {
			t.Errorf("CountryName(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestNearCountries(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want []string
	}{
		{"Untied States", 1, []string{"United States"}},
		{"Germny", 1, []string{"Germany"}},
		{"Amercia", 1, []string{"United States"}},
		{"Deutchland", 3, []string{"Germany"}},
		{"Untied States", 0, []string{}},
		{"Untied States", -1, []string{}},
		{"somewhere else entirely", 3, []string{}},
		{"XX", 3, []string{}}, // every code is close to two letters
	}
	for _, tt := range tests {
		if got := locale.NearCountries(tt.in, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("NearCountries(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
