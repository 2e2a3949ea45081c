package main

import (
	_ "embed"
	"slices"
	"strings"
	"time"
	_ "time/tzdata"

	"officeimporter/internal/locale"
)

// unfit are tz names that aren't the time of a place: abbreviations with several meanings, and placeholders.
var unfit = []string{"EST", "MST", "HST", "Etc/Unknown", "Factory"}

func zones(src source) (table, error) {
	current, err := zoneNames(src)
	if err != nil {
		return nil, err
	}
	var t table
	for name := range current {
		if _, err := time.LoadLocation(name); err == nil && !slices.Contains(unfit, name) {
			t = append(t, []string{name})
		}
	}
	return t.sorted(), nil
}

// zoneNames maps every name, including old ones, to its current name in the tz database.
func zoneNames(src source) (map[string]string, error) {
	var file struct {
		Keyword struct {
			U struct {
				TZ map[string]any // zones are objects, "_alias" and the like are not
			}
		}
	}
	err := src.read("cldr-bcp47/bcp47/timezone.json", &file)
	current := map[string]string{}
	for _, v := range file.Keyword.U.TZ {
		zone, _ := v.(map[string]any)
		aliases, _ := zone["_alias"].(string)
		iana, _ := zone["_iana"].(string)
		for _, name := range strings.Fields(aliases) {
			current[name] = iana
			if iana == "" {
				current[name] = strings.Fields(aliases)[0]
			}
		}
	}
	return current, err
}

// windows has a line for each Windows zone: its name, then country=zone, where "001" is the world. The first of
// several zones in a country is the main one.
func windows(src source) (table, error) {
	var file struct {
		Supplemental struct {
			WindowsZones struct {
				MapTimezones []struct {
					MapZone struct {
						Other     string `json:"_other"`
						Type      string `json:"_type"`
						Territory string `json:"_territory"`
					}
				}
			}
		}
	}
	if err := src.read("cldr-core/supplemental/windowsZones.json", &file); err != nil {
		return nil, err
	}
	current, err := zoneNames(src)
	records := map[string][]string{}
	for _, m := range file.Supplemental.WindowsZones.MapTimezones {
		zone := m.MapZone
		if zone.Territory == "ZZ" { // not a country
			continue
		}
		name := current[strings.Fields(zone.Type)[0]]
		records[zone.Other] = append(records[zone.Other], zone.Territory+"="+name)
	}
	var t table
	for name, zones := range records {
		t = append(t, append([]string{name}, zones...))
	}
	return t.sorted(), err
}

//go:embed displays.tsv
var displaysByHand string

// displays has the names that Windows and other programs show for a Windows zone.
func displays(source) (table, error) {
	var t table
	for _, record := range byHand(displaysByHand) {
		for _, shown := range record[1:] {
			t = append(t, []string{locale.Key(shown), record[0]})
		}
	}
	return t.sorted(), nil
}
