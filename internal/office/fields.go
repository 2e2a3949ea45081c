package office

import "sync"

// Fields is the only table of the schema, in the order of the template's columns. Reading cells, validation,
// `importer fields`, the template, the README's table and the comparison with the published document all use it, so a
// new field of Office is one more line here. It must not be modified.
var Fields = []Field{
	{Name: "name", Kind: Text, Required: true, Label: "Office name", Aliases: []string{"Name", "Office", "Site Name", "Location Name", "Display Name", "Business name", "Branch", "Store name", "CompanyName"}, Help: "What the office is called in Dialpad.", Example: "Boston Harbor", at: func(o *Office) any { return &o.Name }},
	{Name: "country", Kind: Country, Required: true, Values: Countries, Label: "Country", Aliases: []string{"Country code", "CountryOrRegion", "Country/Region", "Country / Region", "Office country", "ISO country", "Country name"}, Help: "Where the office is.", Example: "US", at: func(o *Office) any { return &o.Country }},
	{Name: "currency", Kind: Enum, Required: true, Values: currencies, Label: "Currency", Aliases: []string{"Billing currency", "Currency code"}, Help: "What the office is billed in.", Example: "USD", at: func(o *Office) any { return &o.Currency }},
	{Name: "plan_period", Kind: Enum, Required: true, Values: planPeriods, Label: "Plan period", Aliases: []string{"Billing period", "Billing frequency", "Billing cycle"}, Help: "How often the company is billed.", Example: "monthly", at: func(o *Office) any { return &o.PlanPeriod }},
	{Name: "unified_billing", Kind: Bool, Required: true, Label: "Unified billing", Aliases: []string{"Unified invoice"}, Help: "Whether to send one invoice for all offices.", Example: "yes", at: func(o *Office) any { return &o.UnifiedBilling }},
	{Name: "invoiced", Kind: Bool, Required: true, Label: "Paid by invoice", Aliases: []string{"Invoice", "Pay by invoice"}, Help: "Whether the office is paid by invoice.", Example: "yes", at: func(o *Office) any { return &o.Invoiced }},
	{Name: "annual_commit_monthly_billing", Kind: Bool, Required: true, Label: "Annual commitment, billed monthly", Aliases: []string{"Annual commit", "Annual commit monthly billing"}, Help: "Whether the plan is an annual commitment that is billed monthly.", Example: "no", at: func(o *Office) any { return &o.AnnualCommitMonthlyBilling }},

	{Name: "billing_address.address_line_1", Kind: Text, Required: true, Label: "Billing address", Aliases: []string{"Address", "Address 1", "Address Line 1", "Street", "Street address", "Street 1", "Billing address 1", "Billing street", "Street address 1", "Street address line 1"}, Help: "First line of the billing address.", Example: "1 Example Way", at: func(o *Office) any { return &o.BillingAddress.AddressLine1 }},
	{Name: "billing_address.address_line_2", Kind: Text, Label: "Billing address line 2", Aliases: []string{"Address 2", "Address Line 2", "Street 2", "Suite", "Billing address 2", "Street address 2", "Street address line 2"}, Help: "Second line of the billing address.", Example: "Floor 2", at: func(o *Office) any { return &o.BillingAddress.AddressLine2 }},
	{Name: "billing_address.city", Kind: Text, Required: true, Label: "Billing city", Aliases: []string{"City", "Town", "Locality", "City / Town", "Town / City"}, Help: "City of the billing address.", Example: "Boston", at: func(o *Office) any { return &o.BillingAddress.City }},
	{Name: "billing_address.region", Kind: Region, Required: true, Label: "Billing state or region", Aliases: []string{"State", "Region", "Province", "State/Region", "State/Province", "StateOrProvince", "Administrative area", "Billing state", "Billing region", "State / Province / Region", "Province / State"}, Help: "State, province or region of the billing address, by name or code.", Example: "MA", at: func(o *Office) any { return &o.BillingAddress.Region }},
	{Name: "billing_address.postal_code", Kind: Postal, Required: true, Label: "Billing postal code", Aliases: []string{"Zip", "Zip Code", "Postal Code", "Postcode", "Post code", "PLZ", "Billing zip", "ZIP / Postal code", "Postal / ZIP code"}, Help: "Postal code of the billing address; format the column as text.", Example: "02134", at: func(o *Office) any { return &o.BillingAddress.PostalCode }},
	{Name: "billing_address.country", Kind: Country, Required: true, Fallback: "country", Label: "Billing country", Aliases: []string{"Billing address country"}, Help: "Country of the billing address; the office's where it is not given.", Example: "US", at: func(o *Office) any { return &o.BillingAddress.Country }},

	{Name: "billing_contact.name", Kind: Text, Label: "Billing contact", Aliases: []string{"Billing contact name", "Contact name"}, Help: "Who is asked about bills; needs an e-mail address too.", Example: "Accounts Payable", at: func(o *Office) any { return &o.BillingContact.Name }},
	{Name: "billing_contact.email", Kind: Email, Label: "Billing contact e-mail", Aliases: []string{"Billing contact email", "Billing email", "Contact email"}, Help: "One e-mail address; needs a name too.", Example: "billing@example.com", at: func(o *Office) any { return &o.BillingContact.Email }},
	{Name: "billing_contact.phone", Kind: Phone, Label: "Billing contact phone", Aliases: []string{"Billing phone", "Contact phone"}, Help: "Phone number of the billing contact.", Example: "+14155550100", at: func(o *Office) any { return &o.BillingContact.Phone }},

	{Name: "use_same_address", Kind: Bool, Label: "E911 address same as billing", Aliases: []string{"Same address", "Use same address"}, Help: "yes: the E911 address is the billing address, and is filled from it.", Example: "no", at: func(o *Office) any { return &o.UseSameAddress }},
	{Name: "e911_address.address", Kind: Text, Label: "E911 address", Aliases: []string{"Emergency address", "E911 street", "E911 address 1", "Emergency address line 1"}, Help: "Where emergency services are sent to, never a PO box. Needed in US, CA, AU, FR, GB and NZ.", Example: "1 Example Way", at: func(o *Office) any { return &o.E911Address.Address }},
	{Name: "e911_address.address2", Kind: Text, Label: "E911 address line 2", Aliases: []string{"E911 address 2", "Emergency address line 2"}, Help: "Floor, suite or room.", Example: "Floor 2", at: func(o *Office) any { return &o.E911Address.Address2 }},
	{Name: "e911_address.city", Kind: Text, Label: "E911 city", Aliases: []string{"Emergency city"}, Help: "City of the E911 address.", Example: "Boston", at: func(o *Office) any { return &o.E911Address.City }},
	{Name: "e911_address.state", Kind: Region, Label: "E911 state or region", Aliases: []string{"E911 state", "Emergency state"}, Help: "State or province of the E911 address, by name or code.", Example: "MA", at: func(o *Office) any { return &o.E911Address.State }},
	{Name: "e911_address.zip", Kind: Postal, Label: "E911 postal code", Aliases: []string{"E911 zip", "Emergency zip", "Emergency postal code"}, Help: "Postal code of the E911 address; format the column as text.", Example: "02134", at: func(o *Office) any { return &o.E911Address.Zip }},
	{Name: "e911_address.country", Kind: Country, Fallback: "country", Label: "E911 country", Aliases: []string{"Emergency country"}, Help: "Country of the E911 address; the office's where it is not given.", Example: "US", at: func(o *Office) any { return &o.E911Address.Country }},

	{Name: "mainline_number", Kind: Phone, Label: "Main line number", Aliases: []string{"Mainline", "Main number", "Main line", "Main phone", "Primary phone", "Office phone"}, Help: "The office's main number, one that the company already has.", Example: "+14155550100", at: func(o *Office) any { return &o.MainlineNumber }},
	{Name: "timezone", Kind: Zone, Label: "Time zone", Aliases: []string{"Timezone", "TZ", "Time zone name"}, Help: "A name of the tz database; names of Windows are read too.", Example: "America/New_York", at: func(o *Office) any { return &o.Timezone }},
	{Name: "hours_on", Kind: Bool, Label: "Has opening hours", Aliases: []string{"Hours on", "Use opening hours"}, Help: "no, or nothing: always open, and hours have no effect.", Example: "yes", at: func(o *Office) any { return &o.HoursOn }},
	{Name: "monday_hours", Kind: DayHours, Label: "Monday hours", Aliases: []string{"Monday", "Mon"}, Help: "Opening hours; closed must be said: an empty cell means the server's default, 08:00-18:00.", Example: "08:00-12:00, 14:00-18:00", at: func(o *Office) any { return &o.MondayHours }},
	{Name: "tuesday_hours", Kind: DayHours, Label: "Tuesday hours", Aliases: []string{"Tuesday", "Tue"}, Help: "As Monday.", Example: "08:00-18:00", at: func(o *Office) any { return &o.TuesdayHours }},
	{Name: "wednesday_hours", Kind: DayHours, Label: "Wednesday hours", Aliases: []string{"Wednesday", "Wed"}, Help: "As Monday.", Example: "08:00-18:00", at: func(o *Office) any { return &o.WednesdayHours }},
	{Name: "thursday_hours", Kind: DayHours, Label: "Thursday hours", Aliases: []string{"Thursday", "Thu"}, Help: "As Monday.", Example: "08:00-18:00", at: func(o *Office) any { return &o.ThursdayHours }},
	{Name: "friday_hours", Kind: DayHours, Label: "Friday hours", Aliases: []string{"Friday", "Fri"}, Help: "As Monday.", Example: "08:00-16:00", at: func(o *Office) any { return &o.FridayHours }},
	{Name: "saturday_hours", Kind: DayHours, Label: "Saturday hours", Aliases: []string{"Saturday", "Sat"}, Help: "Opening hours; an empty cell means closed.", Example: "closed", at: func(o *Office) any { return &o.SaturdayHours }},
	{Name: "sunday_hours", Kind: DayHours, Label: "Sunday hours", Aliases: []string{"Sunday", "Sun"}, Help: "Opening hours; an empty cell means closed.", Example: "closed", at: func(o *Office) any { return &o.SundayHours }},

	{Name: "ring_seconds", Kind: Integer, Label: "Ring seconds", Aliases: []string{"Ring time", "Ring duration"}, Help: "How long the main line rings, 10 to 45 seconds.", Example: "30", at: func(o *Office) any { return &o.RingSeconds }},
	{Name: "group_description", Kind: LongText, Label: "Description", Aliases: []string{"Group description", "Office description"}, Help: "At most 256 characters.", Example: "Front desk and sales", at: func(o *Office) any { return &o.GroupDescription }},
	{Name: "first_action", Kind: Enum, Values: firstActions, Label: "First action", Help: "What a call meets first.", Example: "operators", at: func(o *Office) any { return &o.FirstAction }},
	{Name: "no_operators_action", Kind: Enum, Values: actions, Label: "Action without operators", Aliases: []string{"No operators action"}, Help: "What becomes of a call when nobody can take it.", Example: "voicemail", at: func(o *Office) any { return &o.NoOperatorsAction }},
	{Name: "international_enabled", Kind: Bool, Label: "International calls", Aliases: []string{"International enabled"}, Help: "Whether the office may call abroad.", Example: "no", at: func(o *Office) any { return &o.InternationalEnabled }},
	{Name: "auto_call_recording", Kind: Bool, Label: "Record calls", Aliases: []string{"Auto call recording", "Call recording"}, Help: "Whether all calls are recorded.", Example: "no", at: func(o *Office) any { return &o.AutoCallRecording }},
	{Name: "voice_intelligence.allow_pause", Kind: Bool, Label: "Voice intelligence: users may pause", Aliases: []string{"Vi allow pause"}, Help: "Whether users may start and stop voice intelligence during a call.", Example: "yes", at: func(o *Office) any { return &o.VoiceIntelligence.AllowPause }},
	{Name: "voice_intelligence.auto_start", Kind: Bool, Label: "Voice intelligence: starts by itself", Aliases: []string{"Vi auto start"}, Help: "Whether voice intelligence starts by itself.", Example: "yes", at: func(o *Office) any { return &o.VoiceIntelligence.AutoStart }},

	{Name: "routing_options.open.action", Kind: Enum, Values: actions, Label: "Open: action", Help: "In hours, what becomes of a call that no operator takes.", Example: "department", at: func(o *Office) any { return &o.RoutingOptions.Open.Action }},
	{Name: "routing_options.open.action_target_type", Kind: Enum, Values: targetTypes, Label: "Open: target type", Help: "In hours, the kind of what the action leads to.", Example: "department", at: func(o *Office) any { return &o.RoutingOptions.Open.ActionTargetType }},
	{Name: "routing_options.open.action_target_id", Kind: ID, Label: "Open: target id", Help: "In hours, the id of what the action leads to; format the column as text.", Example: "5068549373853696", at: func(o *Office) any { return &o.RoutingOptions.Open.ActionTargetID }},
	{Name: "routing_options.open.try_dial_operators", Kind: Bool, Label: "Open: try operators", Help: "In hours, whether operators are rung.", Example: "yes", at: func(o *Office) any { return &o.RoutingOptions.Open.TryDialOperators }},
	{Name: "routing_options.open.operator_routing", Kind: Enum, Values: operatorOrder, Label: "Open: operator order", Help: "In hours, in which order operators are rung.", Example: "simultaneous", at: func(o *Office) any { return &o.RoutingOptions.Open.OperatorRouting }},
	{Name: "routing_options.open.dtmf", Kind: Menu, Label: "Open: menu", Help: "In hours, what the keys of the phone menu do.", Example: "1=voicemail; 2=department department:5068549373853696", at: func(o *Office) any { return &o.RoutingOptions.Open.DTMF }},
	{Name: "routing_options.closed.action", Kind: Enum, Values: actions, Label: "Closed: action", Help: "Out of hours, what becomes of a call that no operator takes.", Example: "voicemail", at: func(o *Office) any { return &o.RoutingOptions.Closed.Action }},
	{Name: "routing_options.closed.action_target_type", Kind: Enum, Values: targetTypes, Label: "Closed: target type", Help: "Out of hours, the kind of what the action leads to.", Example: "user", at: func(o *Office) any { return &o.RoutingOptions.Closed.ActionTargetType }},
	{Name: "routing_options.closed.action_target_id", Kind: ID, Label: "Closed: target id", Help: "Out of hours, the id of what the action leads to; format the column as text.", Example: "5068549373853696", at: func(o *Office) any { return &o.RoutingOptions.Closed.ActionTargetID }},
	{Name: "routing_options.closed.try_dial_operators", Kind: Bool, Label: "Closed: try operators", Help: "Out of hours, whether operators are rung.", Example: "no", at: func(o *Office) any { return &o.RoutingOptions.Closed.TryDialOperators }},
	{Name: "routing_options.closed.operator_routing", Kind: Enum, Values: operatorOrder, Label: "Closed: operator order", Help: "Out of hours, in which order operators are rung.", Example: "simultaneous", at: func(o *Office) any { return &o.RoutingOptions.Closed.OperatorRouting }},
	{Name: "routing_options.closed.dtmf", Kind: Menu, Label: "Closed: menu", Help: "Out of hours, what the keys of the phone menu do.", Example: "0=operator; 1=directory", at: func(o *Office) any { return &o.RoutingOptions.Closed.DTMF }},
}

// CompanyID is the name of the column that says which company a row belongs to, as mapping files spell it. It isn't a
// field of Office because it is sent in a header.
const CompanyID = "company_id"

// CompanyField describes the company ID column as Fields describes the fields of an office. It has no place in
// Office, so Set, Get and Has panic.
var CompanyField = &Field{Name: CompanyID, Kind: ID, Label: "Company ID",
	Aliases: []string{"DP-Company-ID", "Dialpad company ID", "Dialpad company"}, Example: "5104567890123456",
	Help: "Whose office it is, for keys that see several companies: sent as DP-Company-ID, never in the body; not in the template. Format the column as text."}

// Weekdays returns the fields for the opening hours of the seven days, Monday first.
var Weekdays = sync.OnceValue(func() []*Field {
	var days []*Field
	for i := range Fields {
		if f := &Fields[i]; f.Kind == DayHours {
			days = append(days, f)
		}
	}
	return days
})
