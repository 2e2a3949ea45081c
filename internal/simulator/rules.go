package simulator

import (
	"slices"
	"strings"
)

// checkBody decodes the body of a POST and returns what is wrong with it, if anything.
func checkBody(body []byte) (map[string]any, []string) {
	members, err := decode(body)
	if err != nil {
		return nil, []string{"body: " + err.Error()}
	}
	var c check
	c.object("", &newOffice, members)
	if country, _ := members["country"].(string); slices.Contains(e911Countries, country) && members["e911_address"] == nil {
		c.refuse("e911_address", "is missing, offices in %s need one", country)
	}
	return members, c.reasons
}

// newOffice is the rule for the body of a POST, from the published CreateOfficeMessage and its parts.
var newOffice = rule{kind: object, members: map[string]*rule{
	"name":                          {kind: text, required: true, oneLine: true},
	"country":                       {kind: text, required: true, values: countries},
	"currency":                      {kind: text, required: true, values: currencies},
	"plan_period":                   {kind: text, required: true, values: []string{"monthly", "yearly"}},
	"unified_billing":               {kind: boolean, required: true},
	"invoiced":                      {kind: boolean, required: true},
	"annual_commit_monthly_billing": {kind: boolean, required: true},
	"billing_address":               {kind: object, required: true, members: billingAddress},
	"billing_contact":               {kind: object, members: billingContact},
	"e911_address":                  {kind: object, members: e911Address, also: noPOBox},
	"use_same_address":              {kind: boolean},
	"timezone":                      {kind: text, also: zone},
	"hours_on":                      {kind: boolean},
	"monday_hours":                  hours,
	"tuesday_hours":                 hours,
	"wednesday_hours":               hours,
	"thursday_hours":                hours,
	"friday_hours":                  hours,
	"saturday_hours":                hours,
	"sunday_hours":                  hours,
	"ring_seconds":                  {kind: integer, min: 10, max: 45},
	"group_description":             {kind: text, longest: 256},
	"first_action":                  {kind: text, values: []string{"menu", "operators"}},
	"no_operators_action":           {kind: text, values: actions},
	"routing_options":               {kind: object, members: map[string]*rule{"open": routing, "closed": routing}},
	"voice_intelligence":            {kind: object, members: map[string]*rule{"allow_pause": {kind: boolean}, "auto_start": {kind: boolean}}},
	"auto_call_recording":           {kind: boolean},
	"international_enabled":         {kind: boolean},
	"mainline_number":               {kind: text, also: phone},
}}

var billingAddress = map[string]*rule{
	"address_line_1": {kind: text, required: true, oneLine: true},
	"address_line_2": {kind: text, oneLine: true},
	"city":           {kind: text, required: true, oneLine: true},
	"region":         {kind: text, required: true, oneLine: true},
	"postal_code":    {kind: text, required: true, oneLine: true},
	"country":        {kind: text, required: true},
}

var billingContact = map[string]*rule{
	"name":  {kind: text, required: true, oneLine: true},
	"email": {kind: text, required: true, also: email},
	"phone": {kind: text},
}

var e911Address = map[string]*rule{
	"address":  {kind: text, required: true, oneLine: true},
	"address2": {kind: text, oneLine: true},
	"city":     {kind: text, required: true, oneLine: true},
	"state":    {kind: text, required: true, oneLine: true},
	"zip":      {kind: text, required: true, oneLine: true},
	"country":  {kind: text, required: true},
}

var hours = &rule{kind: list, items: &rule{kind: text}, also: pairs}

var routing = &rule{kind: object, required: true, members: map[string]*rule{
	"action":             {kind: text, required: true, values: actions},
	"try_dial_operators": {kind: boolean, required: true},
	"action_target_type": {kind: text, values: targetTypes},
	"action_target_id":   {kind: integer},
	"operator_routing":   {kind: text, values: []string{"fixedorder", "longestidle", "mostskilled", "random", "roundrobin", "simultaneous"}},
	"dtmf":               {kind: list, items: menuKey, also: keysOnce},
}}

var menuKey = &rule{kind: object, members: map[string]*rule{
	"input": {kind: text, values: strings.Split("0123456789", "")},
	"options": {kind: object, members: map[string]*rule{
		"action":             {kind: text, values: actions},
		"action_target_type": {kind: text, values: targetTypes},
		"action_target_id":   {kind: integer},
	}},
}}

// Valid values of several fields.
var (
	countries = strings.Fields(`
		AR AT AU BD BE BG BH BR CA CH CI CL CN CO CR CY CZ DE DK DO DP EC EE EG ES FI FR GB
		GH GR GT HK HR HU ID IE IL IN IS IT JP KE KH KR KZ LK LT LU LV MA MD MM MT MX MY NG
		NL NO NZ PA PE PH PK PL PR PT PY RO RU SA SE SG SI SK SV TH TR TW UA US UY VE VN ZA`)
	e911Countries = strings.Fields("US CA AU FR GB NZ")
	currencies    = strings.Fields("AUD CAD EUR GBP JPY NZD USD")
	actions       = strings.Fields(`bridge_target company_directory department directory disabled extension menu message operator person scripted_ivr voicemail`)
	targetTypes   = strings.Fields(`callcenter callrouter channel coachinggroup contact contactgroup department office room staffgroup unknown user`)
)
