package locale_test

import (
	"slices"
	"sync"
	"testing"

	"officeimporter/internal/locale"
)

func TestZone(t *testing.T) {
	tests := []struct{ in, country, want string }{
		{"America/New_York", "", "America/New_York"},
		{"america/new_york", "US", "America/New_York"},
		{"America/New York", "US", "America/New_York"},
		{" Europe/Berlin ", "DE", "Europe/Berlin"},
		{"US/Pacific", "US", "US/Pacific"},
		{"us/pacific", "US", "US/Pacific"},
		{"Asia/Calcutta", "IN", "Asia/Calcutta"},
		{"UTC", "", "UTC"},
		{"Eastern Standard Time", "", "America/New_York"},
		{"Eastern Standard Time", "US", "America/New_York"},
		{"Eastern Standard Time", "CA", "America/Toronto"},
		{"Eastern Standard Time", "AU", ""}, // Sydney's, or Brisbane's
		{"GMT Standard Time", "IE", "Europe/Dublin"},
		{"GMT Standard Time", "GB", "Europe/London"},
		{"W. Europe Standard Time", "NL", "Europe/Amsterdam"},
		{"India Standard Time", "IN", "Asia/Kolkata"},
		{"(UTC-05:00) Eastern Time (US & Canada)", "US", "America/New_York"},
		{"(UTC-05:00) Eastern Time (US & Canada)", "CA", "America/Toronto"},
		{"(GMT-5:00) Eastern Time (US and Canada)", "US", "America/New_York"},
		{"Eastern Time (US & Canada)", "", "America/New_York"},
		{"Pacific Time", "US", "America/Los_Angeles"},
		{"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "DE", "Europe/Berlin"},
		{"(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "GB", "Europe/London"},
		{"(UTC-07:00) Arizona", "US", "America/Phoenix"},
		{"EST", "US", ""}, {"est", "US", ""}, {"PST", "US", ""}, {"MST", "US", ""}, {"HST", "US", ""},
		{"", "US", ""}, {"Local", "US", ""}, {"Factory", "", ""}, {"Etc/Unknown", "", ""},
		{"(UTC-05:00)", "US", ""}, {"(UTC", "US", ""},
		{"../../etc/passwd", "US", ""}, {"Mars/Olympus", "", ""},
	}
	for _, tt := range tests {
		if got, ok := locale.Zone(tt.in, tt.country); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Zone(%q, %q) = %q, %v, want %q", tt.in, tt.country, got, ok, tt.want)
		}
	}
}

func TestNearZones(t *testing.T) {
	tests := []struct {
		in, country string
		want        []string
	}{
		{"EST", "US", []string{"America/New_York"}},
		{"EST", "CA", []string{"America/Toronto"}},
		{"America/NewYork", "US", []string{"America/New_York"}},
		{"Amerika/New_York", "US", []string{"America/New_York"}},
		{"Berlin", "DE", []string{"Europe/Berlin"}},
		{"Eastern", "US", []string{"America/New_York"}},
		{"GMT+1", "DE", []string{"Europe/Berlin"}}, // not Etc/GMT+1, an hour west of Greenwich
		{"German time", "DE", []string{"Europe/Berlin"}},
		{"nowhere at all", "", []string{}},
	}
	for _, tt := range tests {
		if got := locale.NearZones(tt.in, tt.country, 1); !slices.Equal(got, tt.want) {
			t.Errorf("NearZones(%q, %q) = %q, want %q", tt.in, tt.country, got, tt.want)
		}
	}
	if got := locale.NearZones("EST", "US", 0); len(got) != 0 {
		t.Errorf("no suggestion was asked for, got %q", got)
	}
}

// Tables are read on first use, perhaps by several workers at once.
func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			locale.Country("Deutschland")
			locale.Region("US", "Texas")
			locale.PostalCode("US", "TX", "75001")
			locale.Phone("(415) 555-0100", "US")
			locale.Zone("Eastern Standard Time", "CA")
			locale.NearCountries("Germny", 1)
			locale.NearZones("EST", "US", 1)
		})
	}
	wg.Wait()
}
