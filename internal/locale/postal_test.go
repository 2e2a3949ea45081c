package locale_test

import (
	"testing"

	"officeimporter/internal/locale"
)

func TestPostalCode(t *testing.T) {
	const (
		unknown  = locale.PostalUnknown
		ok       = locale.PostalOK
		padded   = locale.PostalPadded
		mismatch = locale.PostalMismatch
		bad      = locale.PostalBad
	)
	tests := []struct {
		country, region, in, want string
		verdict                   locale.PostalVerdict
	}{
		{"US", "MA", "02134", "02134", ok},
		{"US", "Massachusetts", "02134", "02134", ok},
		{"US", "", "02134", "02134", ok},
		{"US", "MA", "02134-1234", "02134-1234", ok},
		{"US", "MA", "021341234", "02134-1234", ok},
		{"US", "MA", "02134 1234", "02134-1234", ok},
		{"US", "MA", " 02134\u00a0", "02134", ok},
		{"US", "MA", "０２１３４", "02134", ok},
		{"US", "MA", "2134", "02134", padded},
		{"US", "MA", "21341234", "02134-1234", padded},
		{"US", "MA", "2134-1234", "02134-1234", padded},
		{"US", "NY", "501", "00501", padded},
		{"US", "NY", "5011234", "00501-1234", padded},
		{"US", "PR", "601", "00601", padded},
		{"US", "MA", "213", "213", bad},
		{"US", "TX", "7530", "7530", bad}, // 07530 is in New Jersey
		{"US", "", "2134", "2134", bad},
		{"US", "Massachusets", "2134", "2134", bad},
		{"US", "NY", "94105", "94105", mismatch},
		{"US", "MA", "021345", "021345", bad},
		{"US", "MA", "O2134", "O2134", bad},
		{"US", "MA", "2134.0", "2134.0", bad},
		{"US", "MA", "", "", bad},
		{"PR", "", "601", "00601", padded},
		{"PR", "", "00601", "00601", ok},
		{"DE", "SN", "1067", "01067", padded},
		{"DE", "", "1067", "01067", padded},
		{"DE", "", "106", "106", bad},
		{"DE", "", "5067", "5067", bad}, // no German code starts with 05
		{"DE", "", "D-10115", "10115", ok},
		{"AT", "", "101", "101", bad}, // no Austrian code starts with 0
		{"AT", "Wien", "A-1010", "1010", ok},
		{"CH", "ZH", "CH-8001", "8001", ok},
		{"FR", "", "75008", "75008", ok},
		{"FR", "", "75 008", "75008", ok},
		{"FR", "", "6000", "06000", padded},
		{"ES", "", "8001", "08001", padded},
		{"ES", "Barcelona", "8001", "08001", padded},
		{"ES", "Madrid", "8001", "8001", bad},
		{"IT", "RM", "144", "00144", padded},
		{"IT", "", "144", "144", bad}, // two zeros, and no province to confirm them
		{"FI", "", "100", "100", bad},
		{"NO", "Oslo", "0001", "0001", ok},
		{"NO", "Oslo", "150", "0150", padded},
		{"AU", "NSW", "2000", "2000", ok},
		{"AU", "NSW", "3000", "3000", mismatch},
		{"AU", "NT", "800", "0800", padded},
		{"AU", "", "300", "300", bad}, // 0300 isn't in use
		{"CA", "ON", "K1A0B1", "K1A 0B1", ok},
		{"CA", "ON", "k1a-0b1", "K1A 0B1", ok},
		{"CA", "ON", "K1A OB1", "K1A OB1", bad},
		{"CA", "BC", "k1a0b1", "K1A 0B1", mismatch},
		{"GB", "", "SW1A1AA", "SW1A 1AA", ok},
		{"GB", "London", "sw1a 1aa", "SW1A 1AA", ok},
		{"GB", "", "M2 5BQ", "M2 5BQ", ok},
		{"GB", "", "BFPO 61", "BFPO 61", ok},
		{"GB", "", "SW1A", "SW1A", bad},
		{"NL", "", "1234ab", "1234 AB", ok},
		{"IE", "", "a65f4e2", "A65 F4E2", ok},
		{"PL", "", "00950", "00-950", ok},
		{"PL", "", "5470", "05-470", padded},
		{"JP", "", "1540023", "154-0023", ok},
		{"BR", "SP", "1310100", "01310-100", padded},
		{"LV", "", "1010", "LV-1010", ok},
		{"LV", "", "LV1010", "LV-1010", ok},
		{"SG", "", "18956", "018956", padded},
		{"NZ", "", "6011", "6011", ok},
		{"HK", "", "anything", "anything", unknown},
		{"", "", "02134", "02134", unknown},
	}
	for _, tt := range tests {
		code, verdict := locale.PostalCode(tt.country, tt.region, tt.in)
		if code != tt.want || verdict != tt.verdict {
			t.Errorf("PostalCode(%q, %q, %q) = %q, %d, want %q, %d",
				tt.country, tt.region, tt.in, code, verdict, tt.want, tt.verdict)
		}
	}
}

func TestPostalExample(t *testing.T) {
	for country, want := range map[string]string{"US": "95014", "CA": "H3Z 2Y7", "HK": ""} {
		if got := locale.PostalExample(country); got != want {
			t.Errorf("PostalExample(%q) = %q, want %q", country, got, want)
		}
	}
}

// A corrected code must be valid when it is checked again.
func FuzzPostalCode(f *testing.F) {
	f.Add("US", "MA", "2134")
	f.Add("CA", "ON", "k1a0b1")
	f.Add("SV", "", "1101")
	f.Add("LV", "", "ſ1010")
	f.Fuzz(func(t *testing.T, country, region, text string) {
		code, verdict := locale.PostalCode(country, region, text)
		if verdict == locale.PostalBad || verdict == locale.PostalUnknown {
			if code != text {
				t.Errorf("PostalCode(%q, %q, %q) = %q with verdict %d", country, region, text, code, verdict)
			}
			return
		}
		want := verdict
		if want == locale.PostalPadded {
			want = locale.PostalOK
		}
		if again, verdict := locale.PostalCode(country, region, code); again != code || verdict != want {
			t.Errorf("%q of %q, %q is %q, and again %q, %d", text, country, region, code, again, verdict)
		}
	})
}
