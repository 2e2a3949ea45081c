package main

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// languages are the major ones of the countries that the API supports. Each adds about 3 KB to the table.
var languages = strings.Fields(`en ar bg ca cs da de el es et fi fr he hi hr hu id is it ja
	ko lt lv ms nl no pl pt ro ru sk sl sv th tr uk vi zh zh-Hant`)

//go:embed countries.tsv
var countriesByHand string

func countries(src source) (table, error) {
	codes, err := isoCodes(src)
	if err != nil {
		return nil, err
	}
	names, err := territories(src, "en")
	if err != nil {
		return nil, err
	}
	known, err := countryKeys(src, codes)
	if err != nil {
		return nil, err
	}
	var t table
	for code := range codes {
		t = append(t, append([]string{code, names[code]}, known.of(code)...))
	}
	return t.sorted(), nil
}

func countryKeys(src source, codes map[string]string) (*keys, error) {
	known := newKeys()
	for code, alpha3 := range codes {
		known.claim(code, code, aCode)
		known.claim(code, alpha3, aCode)
	}
	for _, record := range byHand(countriesByHand) {
		for _, name := range record[1:] {
			known.claim(record[0], name, byWriter)
		}
	}
	for _, language := range languages {
		names, err := territories(src, language)
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Sorted(maps.Keys(names)) {
			if code, _, _ := strings.Cut(id, "-"); codes[code] != "" { // GB-alt-short: UK
				known.claim(code, names[id], aName)
			}
		}
	}
	return known, nil
}

// isoCodes maps alpha-2 to alpha-3 for the countries in ISO 3166-1: those with a name, and with a number below 900,
// as higher ones are for private use.
func isoCodes(src source) (map[string]string, error) {
	var file struct {
		Supplemental struct {
			CodeMappings map[string]map[string]string
		}
	}
	if err := src.read("cldr-core/supplemental/codeMappings.json", &file); err != nil {
		return nil, err
	}
	names, err := territories(src, "en")
	if err != nil {
		return nil, err
	}
	codes := map[string]string{}
	for code, m := range file.Supplemental.CodeMappings {
		number, err := strconv.Atoi(m["_numeric"])
		if err == nil && number < 900 && len(code) == 2 && m["_alpha3"] != "" && names[code] != "" {
			codes[code] = m["_alpha3"]
		}
	}
	return codes, nil
}

func territories(src source, language string) (map[string]string, error) {
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct{ Territories map[string]string }
		}
	}
	path := fmt.Sprintf("cldr-localenames-full/main/%s/territories.json", language)
	err := src.read(path, &file)
	return file.Main[language].LocaleDisplayNames.Territories, err
}
