package locale

import (
	"regexp"
	"testing"
	"time"
)

// The tables contain keys, which are useless if Key has changed since.
func TestTablesAreMadeWithThisKey(t *testing.T) {
	check := func(keys []string) {
		for _, key := range keys {
			if Key(key) != key {
				t.Errorf("key %q of a table is now %q; generate the tables again", key, Key(key))
			}
		}
	}
	for record := range records(countriesTSV) {
		check(record[2:])
	}
	for record := range records(regionsTSV) {
		check(record[4:])
	}
	for record := range records(displaysTSV) {
		check(record[:1])
	}
}

func TestEveryPostalExampleIsGood(t *testing.T) {
	for record := range records(postalTSV) {
		country, example := record[0], record[2]
		if code, verdict := PostalCode(country, "", example); verdict != PostalOK {
			t.Errorf("%s: %q is %q, verdict %d", country, example, code, verdict)
		}
	}
}

func TestEveryRegionPatternCompiles(t *testing.T) {
	n := 0
	for record := range records(regionsTSV) {
		n++
		if _, err := regexp.Compile(record[3]); err != nil {
			t.Errorf("%s %s: %v", record[0], record[1], err)
		}
	}
	if n < 500 {
		t.Errorf("the table has %d regions", n)
	}
}

func TestEveryZoneLoads(t *testing.T) {
	z := zones()
	if len(z.names) < 590 || len(z.windows) < 139 {
		t.Errorf("the tables have %d zones, %d of Windows", len(z.names), len(z.windows))
	}
	for _, name := range z.names {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
	for windows, places := range z.windows {
		for country, name := range places {
			if z.names[Fold(name)] != name {
				t.Errorf("%s in %s is %q, which is no zone", windows, country, name)
			}
		}
	}
}

func TestNamesShownAreOfZones(t *testing.T) {
	z := zones()
	for shown, windows := range z.displays {
		if z.windows[windows][world] == "" {
			t.Errorf("%q is shown for %q, which is no zone of Windows", shown, windows)
		}
	}
	for short, windows := range abbreviated {
		if z.windows[windows][world] == "" {
			t.Errorf("%q is short for %q, which is no zone of Windows", short, windows)
		}
	}
}

func TestHandWrittenRulesAreOfCountriesWithCodes(t *testing.T) {
	for country := range layouts {
		if postal()[country] == nil {
			t.Errorf("there is a layout for %s, which has no postal codes", country)
		}
	}
	for country, rule := range zeroed {
		if postal()[country] == nil {
			t.Errorf("there are zeros for %s, which has no postal codes", country)
		}
		if rule.lost > len(rule.start) {
			t.Errorf("%s may lose %d zeros, but codes start with %q", country, rule.lost, rule.start)
		}
	}
}
