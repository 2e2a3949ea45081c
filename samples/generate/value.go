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
