package cell

import (
	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
)

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
