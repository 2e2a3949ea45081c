package mapping

import (
	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
)

// readZone reads a time zone: a name of the tz database or of Windows.
func readZone(e *entry) (any, string) {
	text, rule, ok := e.line()
	if !ok || text == "" {
		return nil, ""
	}
	country := e.draft.countryOf(e.field)
	name, ok := locale.Zone(text, country)
	if !ok {
		like := e.draft.plan.hints.find("zone "+country, text, func() []string { return locale.NearZones(text, country, suggested) })
		return e.fail(office.BadTimezone, near.DidYouMean(like, "a name of the tz database, such as "+e.field.Example), "%q is not a time zone", text)
	}
	return name, bestRule(name != text, ruleZone, rule)
}
