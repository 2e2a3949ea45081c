package main

import (
	"strconv"

	"officeimporter/internal/office"
)

// value returns an office's value for a field. Fields that it doesn't know, such as those of a later version, get a
// valid value for their kind.
func (d *draft) value(f *office.Field) string {
	switch f.Name {
	case "name":
		return d.name
	case "currency":
		return d.currency
	case "billing_address.address_line_1", "e911_address.address":
		return d.street
	case "billing_address.address_line_2", "e911_address.address2":
		return d.floor
	case "billing_address.city", "e911_address.city":
		return d.city
	case "use_same_address", "hours_on": // both addresses are the same, and hours are given
		return "yes"
	case "saturday_hours", "sunday_hours":
		return "closed"
	case "ring_seconds":
		return strconv.Itoa(10 + d.random.IntN(36))
	case "billing_contact.email":
		return "billing+" + d.phone[1:] + "@example.com"
	case "routing_options.open.dtmf", "routing_options.closed.dtmf":
		return "1=voicemail; 2=department department:" + d.target
	}
	return d.ofKind(f)
}

func (d *draft) ofKind(f *office.Field) string {
	switch f.Kind {
	case office.Country:
		return d.country
	case office.Region:
		return d.region
	case office.Postal:
		return d.postal
	case office.Zone:
		return d.zone
	case office.Phone:
		return d.phone
	case office.DayHours:
		return d.opens
	case office.ID:
		return d.target
	case office.Enum:
		return pick(d.random, f.Values)
	case office.Bool:
		return pick(d.random, yesOrNo)
	}
	return f.Example
}

var yesOrNo = []string{"yes", "no"}

// place is a real city with a matching postal code. phone is the start of its numbers for fictional use, where they
// exist; two more digits complete one.
type place struct {
	country, currency, city, region, postal, zone, phone string
}

var places = []place{
	{"US", "USD", "Boston", "MA", "02110", "America/New_York", "+161755501"},
	{"US", "USD", "Newark", "NJ", "07102", "America/New_York", "+197355501"},
	{"US", "USD", "Chicago", "IL", "60606", "America/Chicago", "+131255501"},
	{"US", "USD", "San Francisco", "CA", "94105", "America/Los_Angeles", "+141555501"},
	{"US", "USD", "Phoenix", "AZ", "85004", "America/Phoenix", "+160255501"},
	{"PR", "USD", "San Juan", "PR", "00901", "America/Puerto_Rico", "+178755501"},
	{"CA", "CAD", "Toronto", "ON", "M5V 2T6", "America/Toronto", "+141655501"},
	{"CA", "CAD", "Montréal", "QC", "H2Y 1A6", "America/Toronto", "+151455501"},
	{"AU", "AUD", "Sydney", "NSW", "2000", "Australia/Sydney", "+612555012"},
	{"AU", "AUD", "Darwin", "NT", "0800", "Australia/Darwin", "+618555012"},
	{"FR", "EUR", "Lyon", "Auvergne-Rhône-Alpes", "69002", "Europe/Paris", "+334657112"},
	{"GB", "GBP", "London", "Greater London", "EC2A 4NE", "Europe/London", "+4420794601"},
	{"NZ", "NZD", "Auckland", "Auckland", "1010", "Pacific/Auckland", "+64923456"},
	{"DE", "EUR", "Leipzig", "Sachsen", "04109", "Europe/Berlin", "+4930231250"},
	{"JP", "JPY", "千代田区", "東京都", "100-0005", "Asia/Tokyo", "+813123456"},
	{"IE", "EUR", "Dublin", "Dublin", "D02 X285", "Europe/Dublin", "+353123456"},
	{"NL", "EUR", "Amsterdam", "Noord-Holland", "1012 JS", "Europe/Amsterdam", "+312012345"},
}

var (
	streets = []string{"Example Way", "Sample Street", "Specimen Row", "Placeholder Lane", "Model Court", "W Pattern 1/2 St", "Rue de l’Exemple, Bât. 2"}
	hours   = []string{"08:00-18:00", "08:00-12:00, 14:00-18:00", "8am-6pm", "09:00 – 17:30", "closed"}
)
