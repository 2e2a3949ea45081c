package simulator

import (
	"strings"
	"testing"
)

// full returns a body with every field.
func full() fields {
	key := fields{"input": "1", "options": fields{"action": "department", "action_target_type": "department", "action_target_id": int64(9007199254740993)}}
	f := minimal("Urbana", "US")
	for name, v := range (fields{
		"billing_contact":  fields{"name": "Front desk", "email": "desk@example.com", "phone": "+12175550101"},
		"use_same_address": false, "timezone": "US/Central", "hours_on": true,
		"monday_hours": []string{"08:00", "12:00", "14:00", "18:00"}, "tuesday_hours": []string{}, "wednesday_hours": []string{"00:00", "23:59"},
		"thursday_hours": []string{"08:00", "18:00"}, "friday_hours": []string{"08:00", "18:00"}, "saturday_hours": []string{}, "sunday_hours": []string{},
		"ring_seconds": 45, "group_description": strings.Repeat("ü", 256), "first_action": "menu", "no_operators_action": "scripted_ivr",
		"routing_options": fields{
			"open":   fields{"action": "menu", "try_dial_operators": true, "operator_routing": "longestidle", "dtmf": []any{key, fields{"input": "0", "options": fields{"action": "operator"}}}},
			"closed": fields{"action": "person", "try_dial_operators": false, "action_target_type": "user", "action_target_id": int64(5068549373853696)},
		},
		"voice_intelligence":  fields{"allow_pause": true, "auto_start": false},
		"auto_call_recording": true, "international_enabled": false, "mainline_number": "+12175550100",
	}) {
		f[name] = v
	}
	return f.change("billing_address.address_line_2", "Suite 4").change("e911_address.address2", "Suite 4")
}

// change sets or removes a value inside f, and returns f.
func (f fields) change(path string, value any) fields {
	at := f
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		at = at[name].(fields)
	}
	if at[names[len(names)-1]] = value; value == gone {
		delete(at, names[len(names)-1])
	}
	return f
}

// gone removes a value.
const gone = "\x00"

func TestGoodBodies(t *testing.T) {
	tests := map[string]fields{
		"every field":           full(),
		"least":                 minimal("Köln", "DE"),
		"optional null":         minimal("Köln", "DE").with("timezone", nil).with("e911_address", nil),
		"least ring":            full().change("ring_seconds", 10),
		"least int64":           full().change("routing_options.closed.action_target_id", int64(-1<<63)),
		"no emergency calls":    minimal("Roma", "IT").with("use_same_address", true),
		"street that says box":  full().change("e911_address.address", "12 Po Boxwood Ave"),
		"undocumented country":  minimal("?", "DP"),
		"empty optional line":   full().change("billing_address.address_line_2", ""),
		"menu without any keys": full().change("routing_options.open.dtmf", []any{}),
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			if _, reasons := checkBody([]byte(body.json())); reasons != nil {
				t.Errorf("refused: %q", reasons)
			}
		})
	}
}

// badValues has one change to a valid body per line, and the reason for its rejection.
var badValues = []struct {
	field  string
	value  any
	reason string
}{
	{"name", gone, "name: is missing"},
	{"name", nil, "name: is missing"},
	{"name", " ", "name: is empty"},
	{"name", 7, "name: is integer, not string"},
	{"name", "a\nb", "name: has more than one line"},
	{"name", "a\u2028b", "name: has more than one line"},
	{"country", gone, "country: is missing"},
	{"country", "us", `country: "us" is not a valid value`},
	{"currency", gone, "currency: is missing"},
	{"currency", "CHF", `currency: "CHF" is not a valid value`},
	{"plan_period", gone, "plan_period: is missing"},
	{"plan_period", "weekly", `plan_period: "weekly" is not a valid value`},
	{"unified_billing", nil, "unified_billing: is missing"},
	{"unified_billing", "true", "unified_billing: is string, not boolean"},
	{"invoiced", gone, "invoiced: is missing"},
	{"invoiced", 1, "invoiced: is integer, not boolean"},
	{"annual_commit_monthly_billing", gone, "annual_commit_monthly_billing: is missing"},
	{"billing_address", gone, "billing_address: is missing"},
	{"billing_address", "1 Main St", "billing_address: is string, not object"},
	{"billing_address.address_line_1", gone, "billing_address.address_line_1: is missing"},
	{"billing_address.address_line_1", "a\tb", "billing_address.address_line_1: has more than one line"},
	{"billing_address.address_line_2", "a\rb", "billing_address.address_line_2: has more than one line"},
	{"billing_address.city", gone, "billing_address.city: is missing"},
	{"billing_address.region", "", "billing_address.region: is empty"},
	{"billing_address.postal_code", 61801, "billing_address.postal_code: is integer, not string"},
	{"billing_address.country", nil, "billing_address.country: is missing"},
	{"billing_address.state", "IL", "billing_address.state: is not known"},
	{"billing_contact.name", gone, "billing_contact.name: is missing"},
	{"billing_contact.name", "a\u2029b", "billing_contact.name: has more than one line"},
	{"billing_contact.email", gone, "billing_contact.email: is missing"},
	{"billing_contact.email", "desk", `billing_contact.email: "desk" is not an e-mail address`},
	{"e911_address", gone, "e911_address: is missing, offices in US need one"},
	{"e911_address", nil, "e911_address: is missing, offices in US need one"},
	{"e911_address.address", gone, "e911_address.address: is missing"},
	{"e911_address.address", "P.O. Box 12", `e911_address: "P.O. Box 12" is a PO box`},
	{"e911_address.address2", "po box 3", `e911_address: "po box 3" is a PO box`},
	{"e911_address.city", gone, "e911_address.city: is missing"},
	{"e911_address.state", gone, "e911_address.state: is missing"},
	{"e911_address.zip", "61801\n", "e911_address.zip: has more than one line"},
	{"e911_address.country", gone, "e911_address.country: is missing"},
	{"use_same_address", "no", "use_same_address: is string, not boolean"},
	{"timezone", "Central", `timezone: "Central" is not in the tz database`},
	{"timezone", "", `timezone: "" is not in the tz database`},
	{"timezone", "Local", `timezone: "Local" is not in the tz database`},
	{"hours_on", "x", "hours_on: is string, not boolean"},
	{"monday_hours", "08:00-18:00", "monday_hours: is string, not array"},
	{"monday_hours", []string{"08:00"}, "monday_hours: opens and does not close"},
	{"tuesday_hours", []string{"8:00", "18:00"}, `tuesday_hours: "8:00" is not a time HH:MM`},
	{"wednesday_hours", []string{"08:00", "24:00"}, `wednesday_hours: "24:00" is not a time HH:MM`},
	{"thursday_hours", []string{"18:00", "08:00"}, "thursday_hours: 08:00 is not after 18:00"},
	{"friday_hours", []string{"08:00", "08:00"}, "friday_hours: 08:00 is not after 08:00"},
	{"saturday_hours", []any{8, 18}, "saturday_hours[0]: is integer, not string"},
	{"sunday_hours", []any{nil}, "sunday_hours[0]: is null, not string"},
	{"ring_seconds", 9, "ring_seconds: 9 is not from 10 to 45"},
	{"ring_seconds", 46, "ring_seconds: 46 is not from 10 to 45"},
	{"ring_seconds", "20", "ring_seconds: is string, not integer"},
	{"ring_seconds", 20.5, "ring_seconds: 20.5 is not an int64"},
	{"group_description", strings.Repeat("ü", 257), "group_description: has 257 characters, at most 256 are allowed"},
	{"first_action", "operator", `first_action: "operator" is not a valid value`},
	{"no_operators_action", "Voicemail", `no_operators_action: "Voicemail" is not a valid value`},
	{"routing_options.open", gone, "routing_options.open: is missing"},
	{"routing_options.closed", nil, "routing_options.closed: is missing"},
	{"routing_options.open.action", gone, "routing_options.open.action: is missing"},
	{"routing_options.open.action", "hang_up", `routing_options.open.action: "hang_up" is not a valid value`},
	{"routing_options.closed.try_dial_operators", gone, "routing_options.closed.try_dial_operators: is missing"},
	{"routing_options.open.operator_routing", "any", `routing_options.open.operator_routing: "any" is not a valid value`},
	{"routing_options.closed.action_target_type", "person", `routing_options.closed.action_target_type: "person" is not a valid value`},
	{"routing_options.closed.action_target_id", "5068549373853696", "routing_options.closed.action_target_id: is string, not integer"},
	{"routing_options.closed.action_target_id", 5.5, "routing_options.closed.action_target_id: 5.5 is not an int64"},
	{"routing_options.open.dtmf", []any{fields{"input": "#"}}, `routing_options.open.dtmf[0].input: "#" is not a valid value`},
	{"routing_options.open.dtmf", []any{fields{"input": "1"}, fields{"input": "1"}}, "routing_options.open.dtmf: has key 1 twice"},
	{"routing_options.open.dtmf", []any{fields{"options": fields{"action": "x"}}}, `routing_options.open.dtmf[0].options.action: "x" is not a valid value`},
	{"voice_intelligence.auto_start", "x", "voice_intelligence.auto_start: is string, not boolean"},
	{"auto_call_recording", 0, "auto_call_recording: is integer, not boolean"},
	{"international_enabled", []any{}, "international_enabled: is array, not boolean"},
	{"mainline_number", "217 555 0100", `mainline_number: "217 555 0100" is not an E.164 number`},
	{"id", "1", "id: is not known"},
}

func TestBadValues(t *testing.T) {
	for _, test := range badValues {
		t.Run(test.reason, func(t *testing.T) {
			_, reasons := checkBody([]byte(full().change(test.field, test.value).json()))
			if len(reasons) == 0 || reasons[0] != test.reason {
				t.Errorf("%s = %v: got %q, want %q", test.field, test.value, reasons, test.reason)
			}
		})
	}
}

func TestEmergencyAddressByCountry(t *testing.T) {
	for country, want := range map[string]bool{"US": true, "CA": true, "AU": true, "FR": true, "GB": true, "NZ": true, "DE": false, "PR": false} {
		_, reasons := checkBody([]byte(minimal("x", country).change("e911_address", gone).json()))
		if got := len(reasons) == 1; got != want {
			t.Errorf("%s without an emergency address: %q", country, reasons)
		}
	}
}

func TestBadJSON(t *testing.T) {
	good := minimal("Köln", "DE").json()
	tests := map[string]string{
		"":                                 "body: unexpected EOF",
		"null":                             "body: is null, not object",
		"[" + good + "]":                   "body: is array, not object",
		good + good:                        "body: goes on after its end",
		good[:len(good)-1]:                 "body: unexpected EOF",
		`{"name": "a", "name": "b"}`:       `body: has "name" twice`,
		"{\"name\": \"K\xf6ln\"}":          "body: is not UTF-8",
		strings.Repeat("[", 1000):          "body: is nested too deeply",
		strings.Repeat(`{"a":`, 100):       "body: is nested too deeply",
		`{"ring_seconds": 20,}`:            "body: invalid character '}'",
		"\ufeff" + good:                    "body: invalid character 'ï'",
		strings.Replace(good, ":", "=", 1): "body: invalid character '='",
	}
	for body, want := range tests {
		if _, reasons := checkBody([]byte(body)); len(reasons) != 1 || !strings.HasPrefix(reasons[0], want) {
			t.Errorf("%.40q: got %q, want %q", body, reasons, want)
		}
	}
}

// Numbers that a decoder of floats would accept.
func TestNumbersAreWrittenAsInt64(t *testing.T) {
	for number, ok := range map[string]bool{"20": true, "2e1": false, "20.0": false, "9223372036854775808": false} {
		body := strings.Replace(full().json(), `"ring_seconds":45`, `"ring_seconds":`+number, 1)
		if _, reasons := checkBody([]byte(body)); (reasons == nil) != ok {
			t.Errorf("ring_seconds %s: %q", number, reasons)
		}
	}
}

func TestAllProblemsAreTold(t *testing.T) {
	_, reasons := checkBody([]byte(`{"country": "US"}`))
	if len(reasons) != 8 {
		t.Errorf("got %q, want seven missing fields and the emergency address", reasons)
	}
}
