package simulator

import (
	"encoding/json"
	"strings"
)

// Office is an office as the API returns it.
type Office struct {
	Company           string   `json:"-"`  // the DP-Company-ID of its company; empty: for calls without one
	ID                string   `json:"id"` // digits; the server replaces an empty one by the next id
	Name              string   `json:"name"`
	Country           string   `json:"country"` // lower case
	State             string   `json:"state"`   // active, cancelled, deleted, pending or suspended; the server replaces an empty one by active
	Primary           bool     `json:"is_primary_office,omitempty"`
	Timezone          string   `json:"timezone,omitempty"`
	MondayHours       []string `json:"monday_hours,omitempty"` // open, close, ... as HH:MM
	TuesdayHours      []string `json:"tuesday_hours,omitempty"`
	WednesdayHours    []string `json:"wednesday_hours,omitempty"`
	ThursdayHours     []string `json:"thursday_hours,omitempty"`
	FridayHours       []string `json:"friday_hours,omitempty"`
	SaturdayHours     []string `json:"saturday_hours,omitempty"`
	SundayHours       []string `json:"sunday_hours,omitempty"`
	E911Address       *Address `json:"e911_address,omitempty"`
	RingSeconds       string   `json:"ring_seconds,omitempty"`
	FirstAction       string   `json:"first_action,omitempty"`
	NoOperatorsAction string   `json:"no_operators_action,omitempty"`
	RoutingOptions    any      `json:"routing_options,omitempty"`
	PhoneNumbers      []string `json:"phone_numbers,omitempty"` // E.164
}

// Address is an emergency address as the API returns it.
type Address struct {
	Address  string `json:"address"` // upper case
	Address2 string `json:"address2,omitempty"`
	City     string `json:"city"`
	State    string `json:"state"` // lower case
	Zip      string `json:"zip"`
	Country  string `json:"country"` // lower case
}

// shown is an office in an answer, where it has its id under two names.
type shown struct {
	Office
	OfficeID string `json:"office_id"`
}

// members is a body that was checked.
type members map[string]any

func (m members) text(name string) string {
	v, _ := m[name].(string)
	return v
}

// weekday returns the hours of a day; if the body leaves it out, 08:00 to 18:00.
func (m members) weekday(name string) []string {
	if m[name] == nil {
		return []string{"08:00", "18:00"}
	}
	return m.weekend(name)
}

// weekend returns the hours of a day; if the body leaves it out, it is closed.
func (m members) weekend(name string) []string {
	var day []string
	items, _ := m[name].([]any)
	for _, item := range items {
		day = append(day, item.(string))
	}
	return day
}

func (m members) number(name string) string {
	v, _ := m[name].(json.Number)
	return v.String()
}

// office returns the office that the server makes from a body.
func (m members) office() Office {
	return Office{
		Name:              m.text("name"),
		Country:           strings.ToLower(m.text("country")),
		State:             "active",
		Timezone:          m.text("timezone"),
		MondayHours:       m.weekday("monday_hours"),
		TuesdayHours:      m.weekday("tuesday_hours"),
		WednesdayHours:    m.weekday("wednesday_hours"),
		ThursdayHours:     m.weekday("thursday_hours"),
		FridayHours:       m.weekday("friday_hours"),
		SaturdayHours:     m.weekend("saturday_hours"),
		SundayHours:       m.weekend("sunday_hours"),
		E911Address:       m.e911(),
		RingSeconds:       m.number("ring_seconds"),
		FirstAction:       m.text("first_action"),
		NoOperatorsAction: m.text("no_operators_action"),
		RoutingOptions:    numbersAsText(m["routing_options"]),
		PhoneNumbers:      m.mainline(),
	}
}

func (m members) e911() *Address {
	given, ok := m["e911_address"].(map[string]any)
	if !ok {
		return nil
	}
	at := members(given)
	return &Address{
		Address:  strings.ToUpper(at.text("address")),
		Address2: strings.ToUpper(at.text("address2")),
		City:     at.text("city"),
		State:    strings.ToLower(at.text("state")),
		Zip:      at.text("zip"),
		Country:  strings.ToLower(at.text("country")),
	}
}

func (m members) mainline() []string {
	if number := m.text("mainline_number"); number != "" {
		return []string{number}
	}
	return nil
}

// numbersAsText returns a value with every int64 as a JSON string, as the API does, and without nulls.
func numbersAsText(v any) any {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case []any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = numbersAsText(v[i])
		}
		return items
	case map[string]any:
		kept := make(map[string]any, len(v))
		for name, value := range v {
			if value != nil {
				kept[name] = numbersAsText(value)
			}
		}
		return kept
	}
	return v
}
