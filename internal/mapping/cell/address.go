package cell

import (
	"slices"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// maxSuggestions is how many similar names a message offers.
const maxSuggestions = 3

// countryReader reads the code or the name of a country that the field allows.
func countryReader(f *office.Field) Reader {
	return func(e *Entry) (any, string) {
		text, rule, ok := e.Line()
		if !ok || text == "" {
			return nil, ""
		}
		if len(text) == 2 && slices.Contains(f.Values, text) {
			return text, rule
		}
		code, ok := locale.Country(text)
		if !ok {
			return e.badCountry(text)
		}
		if p := f.Check(code); p != nil {
			return e.Refuse(p)
		}
		return code, RuleIf(code != text, ruleCountry, rule)
	}
}

func (e *Entry) badCountry(text string) (any, string) {
	like := e.rules.hints.find("country", text, func() []string { return locale.NearCountries(text, maxSuggestions) })
	return e.Fail(office.BadCountry, near.DidYouMean(like, "a code such as US, or the name of a country"), "%q is not a country", text)
}

// readRegion reads a state or province: as a code if the country's addresses use codes, else as it is.
func readRegion(e *Entry) (any, string) {
	text, rule, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	country := e.address.Country
	code, ok, _ := locale.Region(country, text)
	if !ok {
		like := e.rules.hints.find("region "+country, text, func() []string { return locale.NearRegions(country, text, maxSuggestions) })
		return e.Fail(BadRegion, near.DidYouMean(like, "the name or the code of a state or province"), "%q is no state or province of %s", text, locale.CountryName(country))
	}
	return code, RuleIf(code != text, ruleRegion, rule)
}

// readPostalCode reads a postal code, which is text. It puts lost zeros back only if country and region leave no
// doubt.
func readPostalCode(e *Entry) (any, string) {
	text, rule, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	country, region := e.address.Country, e.address.Region
	code, verdict := locale.PostalCode(country, region, text)
	switch verdict {
	case locale.PostalBad:
		return e.badPostalCode(country, text)
	case locale.PostalMismatch:
		e.warn(PostalCodeMismatch, "", "%q is not a postal code of %s, as far as is known", text, locale.RegionName(country, region))
	case locale.PostalPadded:
		if !e.repaired(PostalCodePadded, "format the column as text", "%q has lost its zeros in front, and was read as %s", text, code) {
			return nil, ""
		}
	}
	return code, RuleIf(code != text, rulePostalCode, rule)
}

func (e *Entry) badPostalCode(country, text string) (any, string) {
	example, suggestion := locale.PostalExample(country), ""
	if example != "" {
		suggestion = "a right one is such as " + example
	}
	if len(text) < len(example) && sheet.IsDigits(text) {
		suggestion += "; were zeros in front lost?"
	}
	return e.Fail(BadPostalCode, suggestion, "%q is no postal code of %s", text, locale.CountryName(country))
}

// readZone reads a time zone by its name in the tz database or in Windows.
func readZone(e *Entry) (any, string) {
	text, rule, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	country := e.address.Country
	name, ok := locale.Zone(text, country)
	if !ok {
		like := e.rules.hints.find("zone "+country, text, func() []string { return locale.NearZones(text, country, maxSuggestions) })
		return e.Fail(office.BadTimezone, near.DidYouMean(like, "a name of the tz database, such as "+e.field.Example), "%q is not a time zone", text)
	}
	return name, RuleIf(name != text, ruleZone, rule)
}
