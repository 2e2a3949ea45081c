package cell

import (
	"officeimporter/internal/locale"
)

// readPhone reads a telephone number. A number without country prefix is taken for one of the office's country, with
// a warning.
func readPhone(e *Entry) (any, string) {
	text, rule, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	country := e.address.Country
	number := locale.Phone(text, country)
	if number.Extension != "" {
		return e.Fail(PhoneExtension, "the number alone, such as "+e.field.Example, "%q has an extension", text)
	}
	if number.E164 == "" {
		return e.badPhone(text, country, number.Verdict)
	}
	if number.Verdict == locale.PhoneDoubtful {
		e.warn(PhoneUnlikely, "", "%s is in no range of numbers that is known to be in use", number.E164)
	}
	if number.Assumed && !e.repaired(PhoneCountryAssumed, "write the country's prefix, such as "+number.E164, "%q names no country, and was read as a number of %s", text, locale.CountryName(country)) {
		return nil, ""
	}
	return number.E164, RuleIf(number.E164 != text, rulePhone, rule)
}

var phoneFaults = map[locale.PhoneVerdict]string{
	locale.PhoneNotNumber: "is not a telephone number",
	locale.PhoneTooShort:  "is too short for a telephone number",
	locale.PhoneTooLong:   "is too long for a telephone number",
	locale.PhoneNoCountry: "names no country, and the row has none",
}

func (e *Entry) badPhone(text, country string, verdict locale.PhoneVerdict) (any, string) {
	if verdict == locale.PhonePrecisionLost {
		return e.precisionLost()
	}
	return e.Fail(BadPhone, "one number with its country's prefix, such as "+e.field.Example, "%q %s", text, phoneFaults[verdict])
}
