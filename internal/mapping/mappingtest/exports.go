package mappingtest

import (
	"strings"
)

// Exports are heading lines of other systems' exports. They lack the fields that only Dialpad has; defaults give
// those.
var Exports = map[string]struct {
	Headings  string
	Fields    string // the fields that columns give, in the order of the headings
	Unused    string // headings that get a warning
	Undecided string // headings that need a line in a mapping file
}{
	"webex": {
		Headings: "Location Name,Address 1,Address 2,City / Town,State / Province / Region,ZIP / Postal Code,Country / Region,Time Zone,Announcement Language,Latitude,Longitude,Main Number",
		Fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region " +
			"billing_address.postal_code country timezone mainline_number",
		Unused: "Announcement Language,Latitude,Longitude",
	},
	"webex, short": {
		Headings: "Location Name,Address 1,City,State,Zip Code,Country,Time Zone",
		Fields:   "name billing_address.address_line_1 billing_address.city billing_address.region billing_address.postal_code country timezone",
	},
	"zoom phone": {
		Headings: "Display Name,Address Line 1,Address Line 2,City,State,ZIP,Country,BSSID,Parent Location Identifier",
		Fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region " +
			"billing_address.postal_code country",
		Unused: "BSSID,Parent Location Identifier",
	},
	"ringcentral": {
		Headings: "Site Name,Site Code,Street Address,City,State/Region,Postal Code,Country,Time Zone,Operator Extension,Email",
		Fields:   "name billing_address.address_line_1 billing_address.city billing_address.region billing_address.postal_code country timezone",
		Unused:   "Site Code,Operator Extension,Email",
	},
	"teams": {
		Headings: "CompanyName,CivicAddressId,HouseNumber,HouseNumberSuffix,PreDirectional,StreetName,StreetSuffix,PostDirectional,City,CityAlias," +
			"StateOrProvince,PostalCode,CountryOrRegion,Description,Latitude,Longitude,Elin,CompanyTaxId,DefaultLocationId",
		Fields: "name house_number house_number_suffix pre_directional street_name street_suffix post_directional billing_address.city " +
			"billing_address.region billing_address.postal_code country group_description",
		Unused: "CivicAddressId,CityAlias,Latitude,Longitude,Elin,CompanyTaxId,DefaultLocationId",
	},
	"google business profile": {
		Headings: "Store code,Business name,Address line 1,Address line 2,Address line 3,Sub-locality,Locality,Administrative area,Country / Region,Postal code," +
			"Latitude,Longitude,Primary phone,Additional phones,Website,Primary category,Sunday hours,Monday hours,Tuesday hours,Wednesday hours," +
			"Thursday hours,Friday hours,Saturday hours,Special hours,From the business,Opening date,Labels",
		Fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region country " +
			"billing_address.postal_code mainline_number sunday_hours monday_hours tuesday_hours wednesday_hours thursday_hours friday_hours saturday_hours",
		Unused:    "Store code,Sub-locality,Latitude,Longitude,Additional phones,Website,Primary category,Special hours,From the business,Opening date,Labels",
		Undecided: "Address line 3", // the API has two lines: a person must decide to drop the third
	},
}

// FillBlanks fills the blanks of a proposed mapping file, with ignore where values has none.
func FillBlanks(yaml string, values map[string]string) string {
	var b strings.Builder
	for line := range strings.Lines(yaml) {
		before, _, _ := strings.Cut(strings.TrimRight(line, "\n"), "  #")
		switch name, open := strings.CutSuffix(before, ":"); {
		case !open || !strings.HasPrefix(name, "  "):
			b.WriteString(line)
		case values[name[2:]] != "":
			b.WriteString(before + " " + values[name[2:]] + "\n")
		default:
			b.WriteString(before + " ignore\n")
		}
	}
	return b.String()
}

// SampleFile is a mapping file with every section.
const SampleFile = `columns:
  Site Name: name
  Land: country
  Notes: ignore
defaults:
  plan_period: monthly
  unified_billing: no
values:
  country: {Deutschland Ost: DE, "NO": NO}
  billing_address.postal_code:
    unbekannt: 01067
key: Store code
`
