package mapping

import (
	"maps"
	"strings"
	"testing"
)

// exports are heading lines as other systems write them. None has the fields
// that only Dialpad knows; those are given by defaults.
var exports = map[string]struct {
	headings  string
	fields    string // that columns give, in the order of the headings
	unused    string // headings that a warning names
	undecided string // headings that need a line of a mapping file
}{
	"webex": {
		headings: "Location Name,Address 1,Address 2,City / Town,State / Province / Region,ZIP / Postal Code,Country / Region,Time Zone,Announcement Language,Latitude,Longitude,Main Number",
		fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region " +
			"billing_address.postal_code country timezone mainline_number",
		unused: "Announcement Language,Latitude,Longitude",
	},
	"webex, short": {
		headings: "Location Name,Address 1,City,State,Zip Code,Country,Time Zone",
		fields:   "name billing_address.address_line_1 billing_address.city billing_address.region billing_address.postal_code country timezone",
	},
	"zoom phone": {
		headings: "Display Name,Address Line 1,Address Line 2,City,State,ZIP,Country,BSSID,Parent Location Identifier",
		fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region " +
			"billing_address.postal_code country",
		unused: "BSSID,Parent Location Identifier",
	},
	"ringcentral": {
		headings: "Site Name,Site Code,Street Address,City,State/Region,Postal Code,Country,Time Zone,Operator Extension,Email",
		fields:   "name billing_address.address_line_1 billing_address.city billing_address.region billing_address.postal_code country timezone",
		unused:   "Site Code,Operator Extension,Email",
	},
	"teams": {
		headings: "CompanyName,CivicAddressId,HouseNumber,HouseNumberSuffix,PreDirectional,StreetName,StreetSuffix,PostDirectional,City,CityAlias," +
			"StateOrProvince,PostalCode,CountryOrRegion,Description,Latitude,Longitude,Elin,CompanyTaxId,DefaultLocationId",
		fields: "name house_number house_number_suffix pre_directional street_name street_suffix post_directional billing_address.city " +
			"billing_address.region billing_address.postal_code country group_description",
		unused: "CivicAddressId,CityAlias,Latitude,Longitude,Elin,CompanyTaxId,DefaultLocationId",
	},
	"google business profile": {
		headings: "Store code,Business name,Address line 1,Address line 2,Address line 3,Sub-locality,Locality,Administrative area,Country / Region,Postal code," +
			"Latitude,Longitude,Primary phone,Additional phones,Website,Primary category,Sunday hours,Monday hours,Tuesday hours,Wednesday hours," +
			"Thursday hours,Friday hours,Saturday hours,Special hours,From the business,Opening date,Labels",
		fields: "name billing_address.address_line_1 billing_address.address_line_2 billing_address.city billing_address.region country " +
			"billing_address.postal_code mainline_number sunday_hours monday_hours tuesday_hours wednesday_hours thursday_hours friday_hours saturday_hours",
		unused:    "Store code,Sub-locality,Latitude,Longitude,Additional phones,Website,Primary category,Special hours,From the business,Opening date,Labels",
		undecided: "Address line 3", // the API has two lines: to drop the third is a person's decision
	},
}

// TestExports says of every heading of an export what becomes of it.
func TestExports(t *testing.T) {
	for name, tt := range exports {
		p := propose(sheetOf(strings.Split(tt.headings, ",")...))
		by := map[state][]string{}
		var fields []string
		for _, c := range p.columns {
			by[c.state] = append(by[c.state], c.column.Name)
			if c.state == recognised {
				fields = append(fields, c.inputs[0].name)
			}
		}
		if got := strings.Join(fields, " "); got != tt.fields {
			t.Errorf("%s: fields\n%s\nwant\n%s", name, got, tt.fields)
		}
		if got := strings.Join(by[unused], ","); got != tt.unused {
			t.Errorf("%s: unused %s, want %s", name, got, tt.unused)
		}
		if got := strings.Join(by[unsure], ","); got != tt.undecided || len(by[contested])+len(by[repeated])+len(by[nameless]) > 0 {
			t.Errorf("%s: undecided %s, want %s; %v", name, got, tt.undecided, by)
		}
	}
}

// TestExportsRun takes each proposal as a person would complete it.
func TestExportsRun(t *testing.T) {
	own := complete()
	maps.DeleteFunc(own, func(field, _ string) bool {
		return field == "name" || field == "country" || strings.HasPrefix(field, "billing_address.")
	})
	for name, tt := range exports {
		headings := strings.Split(tt.headings, ",")
		p := propose(sheetOf(headings...))
		if n := p.Count(); n.Missing != 5 {
			t.Errorf("%s: %d fields are missing, want the 5 that only Dialpad knows: %v %v", name, n.Missing, p.missing, p.maybe)
		}
		f := mustParse(t, filled(yamlOf(t, p), own))
		mustBind(t, mustNew(t, Options{File: f, Defaults: own}), sheetOf(headings...))
	}
}

// filled is a proposal whose blanks hold a value, or ignore.
func filled(yaml string, values map[string]string) string {
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
