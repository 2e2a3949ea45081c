package locale_test

import (
	"slices"
	"testing"

	"officeimporter/internal/locale"
)

func TestRegion(t *testing.T) {
	tests := []struct {
		country, in, want string
		ok, known         bool
	}{
		{"US", "Massachusetts", "MA", true, true},
		{"US", "ma", "MA", true, true},
		{"US", "Mass.", "MA", true, true},
		{"US", "US-MA", "MA", true, true},
		{"US", " N.Y. ", "NY", true, true},
		{"US", "Washington, D.C.", "DC", true, true},
		{"US", "Washington", "WA", true, true},
		{"US", "Georgia", "GA", true, true},
		{"US", "Puerto Rico", "PR", true, true},
		{"US", "Massachusets", "", false, true},
		{"US", "ON", "", false, true},
		{"US", "", "", false, true},
		{"CA", "Québec", "QC", true, true},
		{"CA", "Quebec", "QC", true, true},
		{"CA", "Qc", "QC", true, true},
		{"CA", "Newfoundland & Labrador", "NL", true, true},
		{"CA", "CA", "", false, true},
		{"AU", "New South Wales", "NSW", true, true},
		{"AU", "N.S.W.", "NSW", true, true},
		{"BR", "São Paulo", "SP", true, true},
		{"GB", "Greater London", "Greater London", true, false},
		{"JP", "東京都", "東京都", true, false},
		{"IT", "Lazio", "Lazio", true, false},
		{"GB", " ", " ", false, false},
	}
	for _, tt := range tests {
		code, ok, known := locale.Region(tt.country, tt.in)
		if code != tt.want || ok != tt.ok || known != tt.known {
			t.Errorf("Region(%q, %q) = %q, %v, %v, want %q, %v, %v",
				tt.country, tt.in, code, ok, known, tt.want, tt.ok, tt.known)
		}
	}
}

func TestRegionName(t *testing.T) {
	tests := []struct{ country, code, want string }{
		{"US", "MA", "Massachusetts"},
		{"CA", "QC", "Quebec"},
		{"US", "XX", "XX"},
		{"GB", "London", "London"},
	}
	for _, tt := range tests {
		if got := locale.RegionName(tt.country, tt.code); got != tt.want {
			t.Errorf("RegionName(%q, %q) = %q, want %q", tt.country, tt.code, got, tt.want)
		}
	}
}

func TestNearRegions(t *testing.T) {
	tests := []struct {
		country, in string
		want        []string
	}{
		{"US", "Massachusets", []string{"Massachusetts"}},
		{"US", "Calfornia", []string{"California"}},
		{"AU", "Victorria", []string{"Victoria"}},
		{"US", "Victoria", []string{}},
		{"GB", "Lodnon", nil},
	}
	for _, tt := range tests {
		if got := locale.NearRegions(tt.country, tt.in, 2); !slices.Equal(got, tt.want) {
			t.Errorf("NearRegions(%q, %q) = %q, want %q", tt.country, tt.in, got, tt.want)
		}
	}
}
