package office

import (
	"strings"
	"testing"
)

func TestValidate(t *testing.T) {
	tests := map[string]struct {
		change             func(*Office)
		problems, warnings string
	}{
		"complete":          {func(o *Office) {}, "", ""},
		"name missing":      {func(o *Office) { o.Name = "" }, "name required", ""},
		"boolean missing":   {func(o *Office) { o.Invoiced = nil }, "invoiced required", ""},
		"false is a value":  {func(o *Office) { o.Invoiced = ptr(false) }, "", ""},
		"line break":        {func(o *Office) { o.BillingAddress.City = "Bos\nton" }, "billing_address.city line_break", ""},
		"line separator":    {func(o *Office) { o.Name = "Bos\u2028ton" }, "name line_break", ""},
		"tab":               {func(o *Office) { o.Name = "Bos\tton" }, "name control_character", ""},
		"bad bytes":         {func(o *Office) { o.Name = "Bos\xffton" }, "name control_character", ""},
		"lines of text":     {func(o *Office) { o.GroupDescription = "one\ntwo\tthree" }, "", ""},
		"256 characters":    {func(o *Office) { o.GroupDescription = strings.Repeat("é", 256) }, "", ""},
		"257 characters":    {func(o *Office) { o.GroupDescription = strings.Repeat("é", 257) }, "group_description too_long", ""},
		"currency":          {func(o *Office) { o.Currency = "DEM" }, "currency bad_value", "currency odd_currency"},
		"odd currency":      {func(o *Office) { o.Currency = "EUR" }, "", "currency odd_currency"},
		"any currency":      {func(o *Office) { o.Country, o.Currency, o.E911Address = "BR", "EUR", E911Address{} }, "", ""},
		"no offices there":  {func(o *Office) { o.Country = "KP" }, "country bad_country", ""},
		"DP is no country":  {func(o *Office) { o.Country = "DP" }, "country bad_country", ""},
		"lower case":        {func(o *Office) { o.Country = "us" }, "country bad_country", ""},
		"email":             {func(o *Office) { o.BillingContact = BillingContact{Name: "A", Email: "A <a@example.com>"} }, "billing_contact.email bad_email", ""},
		"email without dot": {func(o *Office) { o.BillingContact = BillingContact{Name: "A", Email: "a@localhost"} }, "billing_contact.email bad_email", ""},
		"contact alone":     {func(o *Office) { o.BillingContact.Phone = "+14155550100" }, "billing_contact.name required; billing_contact.email required", ""},
		"zone":              {func(o *Office) { o.Timezone = "Eastern Standard Time" }, "timezone bad_timezone", ""},
		"old zone":          {func(o *Office) { o.Timezone = "US/Pacific" }, "", ""},
		"9 seconds":         {func(o *Office) { o.RingSeconds = ptr(int64(9)) }, "ring_seconds out_of_range", ""},
		"10 seconds":        {func(o *Office) { o.RingSeconds = ptr(int64(10)) }, "", ""},
		"45 seconds":        {func(o *Office) { o.RingSeconds = ptr(int64(45)) }, "", ""},
		"46 seconds":        {func(o *Office) { o.RingSeconds = ptr(int64(46)) }, "ring_seconds out_of_range", ""},
		"no E911":           {func(o *Office) { o.E911Address = E911Address{} }, "e911_address.address required", ""},
		"no E911 needed":    {func(o *Office) { o.Country, o.Currency, o.E911Address = "DE", "EUR", E911Address{} }, "", ""},
		"half an E911": {func(o *Office) {
			o.Country, o.Currency, o.E911Address = "DE", "EUR", E911Address{City: "Dresden", Address: "Weg 1"}
		}, "e911_address.state required; e911_address.zip required; e911_address.country required", ""},
		"PO box":              {func(o *Office) { o.E911Address.Address = "P.O. Box 12" }, "e911_address.address po_box", ""},
		"Boxwood is a street": {func(o *Office) { o.E911Address.Address = "12 Boxwood Road" }, "", ""},
		"same but another":    {func(o *Office) { o.UseSameAddress = ptr(true); o.E911Address.City = "Quincy" }, "use_same_address address_conflict", ""},
		"same and the same":   {func(o *Office) { o.UseSameAddress = ptr(true) }, "", ""},
		"open routing alone":  {func(o *Office) { o.RoutingOptions.Open = Routing{Action: "voicemail", TryDialOperators: ptr(true)} }, "routing_options.closed.action required; routing_options.closed.try_dial_operators required", ""},
		"target without id":   {func(o *Office) { o.RoutingOptions = routing(); o.RoutingOptions.Open.ActionTargetType = "user" }, "routing_options.open.action_target_id target_incomplete", ""},
		"id without target":   {func(o *Office) { o.RoutingOptions = routing(); o.RoutingOptions.Closed.ActionTargetID = ptr(int64(7)) }, "routing_options.closed.action_target_type target_incomplete", ""},
		"id 0": {func(o *Office) {
			o.RoutingOptions = routing()
			o.RoutingOptions.Closed.ActionTargetID = ptr(int64(0))
			o.RoutingOptions.Closed.ActionTargetType = "user"
		}, "routing_options.closed.action_target_id out_of_range", ""},
		"menu key":             {menu(DTMF{Input: "12", Options: DTMFOptions{Action: "menu"}}), "routing_options.open.dtmf bad_dtmf", ""},
		"menu key twice":       {menu(DTMF{Input: "1", Options: DTMFOptions{Action: "menu"}}, DTMF{Input: "1", Options: DTMFOptions{Action: "menu"}}), "routing_options.open.dtmf bad_dtmf", ""},
		"menu action":          {menu(DTMF{Input: "1", Options: DTMFOptions{Action: "fax"}}), "routing_options.open.dtmf bad_dtmf", ""},
		"menu target":          {menu(DTMF{Input: "1", Options: DTMFOptions{Action: "department", ActionTargetType: "department"}}), "routing_options.open.dtmf bad_dtmf", ""},
		"menu":                 {menu(DTMF{Input: "0", Options: DTMFOptions{Action: "department", ActionTargetType: "department", ActionTargetID: ptr(int64(7))}}), "", ""},
		"hours":                {hours("08:00", "12:00", "12:00", "18:00"), "", ""},
		"closed day":           {hours(), "", ""},
		"hours odd":            {hours("08:00", "12:00", "14:00"), "monday_hours hours_odd_count", ""},
		"hours past midnight":  {hours("22:00", "02:00"), "monday_hours hours_cross_midnight", ""},
		"hours of no length":   {hours("08:00", "08:00"), "monday_hours hours_cross_midnight", ""},
		"hours overlap":        {hours("08:00", "12:00", "11:59", "18:00"), "monday_hours hours_overlap", ""},
		"24:00":                {hours("00:00", "24:00"), "", "monday_hours undocumented_24_00"},
		"24:01":                {hours("00:00", "24:01"), "monday_hours bad_time", ""},
		"8:00":                 {hours("8:00", "18:00"), "monday_hours bad_time", ""},
		"08:60":                {hours("08:60", "18:00"), "monday_hours bad_time", ""},
		"29:00":                {hours("08:00", "29:00"), "monday_hours bad_time", ""},
		"0a:00":                {hours("0a:00", "18:00"), "monday_hours bad_time", ""},
		"hours without effect": {func(o *Office) { o.MondayHours = Hours{"08:00", "18:00"} }, "", "monday_hours hours_without_hours_on"},
		"hours_on false":       {func(o *Office) { o.MondayHours, o.HoursOn = Closed(), ptr(false) }, "", "monday_hours hours_without_hours_on"},
	}
	for name, tt := range tests {
		o := complete()
		tt.change(o)
		problems, warnings := Validate(o)
		if kinds(problems) != tt.problems || kinds(warnings) != tt.warnings {
			t.Errorf("%s:\n got %q, %q\nwant %q, %q", name, kinds(problems), kinds(warnings), tt.problems, tt.warnings)
		}
		for _, p := range append(problems, warnings...) {
			if p.Message == "" || p.Suggestion == "" {
				t.Errorf("%s: no words: %+v", name, p)
			}
		}
	}
}

func routing() RoutingOptions {
	side := Routing{Action: "voicemail", TryDialOperators: ptr(false)}
	return RoutingOptions{Open: side, Closed: side}
}

func menu(keys ...DTMF) func(*Office) {
	return func(o *Office) { o.RoutingOptions = routing(); o.RoutingOptions.Open.DTMF = keys }
}

func hours(times ...string) func(*Office) {
	return func(o *Office) { o.HoursOn, o.MondayHours = ptr(true), append(Closed(), times...) }
}

func TestE911Required(t *testing.T) {
	for country, want := range map[string]bool{"US": true, "CA": true, "AU": true, "FR": true, "GB": true, "NZ": true, "DE": false, "": false, "us": false} {
		if E911Required(country) != want {
			t.Errorf("%s: want %t", country, want)
		}
	}
}

func TestPOBox(t *testing.T) {
	for line, want := range map[string]bool{
		"PO Box 12": true, "P.O.Box 12": true, "p o box 12": true, "Post Office Box 12": true, "PMB 12": true, "Boîte postale 12": true, "B.P. 12": true,
		"BP 12": true, "C.P. 12": true, "cp 12": true, "Locked Bag 3": true, "PRIVATE BAG 9": true, "1 Example Way": false, "12 Popox Lane": false, "Spobox 1": false, "12 CPX Road": false,
	} {
		if isPOBox(line) != want {
			t.Errorf("%q: want %t", line, want)
		}
	}
}

func TestFillE911(t *testing.T) {
	o := complete()
	o.E911Address, o.UseSameAddress = E911Address{}, ptr(true)
	o.BillingAddress.AddressLine2 = "Floor 2"
	want := E911Address{Address: "1 Example Way", Address2: "Floor 2", City: "Boston", State: "MA", Zip: "02134", Country: "US"}
	if filled := FillE911(o); len(filled) != 6 || o.E911Address != want {
		t.Errorf("filled %v: %+v", filled, o.E911Address)
	}
	o.E911Address.City = "Quincy"
	if filled := FillE911(o); filled != nil || o.E911Address.City != "Quincy" {
		t.Errorf("an address that is given was changed: %v", filled)
	}
	for _, same := range []*bool{nil, ptr(false)} {
		o.E911Address, o.UseSameAddress = E911Address{}, same
		if filled := FillE911(o); filled != nil || o.E911Address != (E911Address{}) {
			t.Errorf("filled unasked: %v", filled)
		}
	}
}
