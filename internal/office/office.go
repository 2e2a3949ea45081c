// Package office is the domain: what an office is, the table of its fields, the rules that a request must follow, and
// the types that the other packages share (Problem, Request, Outcome, Result).
//
// It knows nothing about file formats, networks or terminals.
package office

// Office is the body of POST /api/v2/offices, CreateOfficeMessage in the published document. A field with its zero
// value is left out of the body: the server then uses its default, and a required field is never sent as null.
//
// Name and Country must stay first, because Request.Rest, which recognises a renamed row, digests the bytes after
// them.
type Office struct {
	Name                       string            `json:"name,omitzero"`
	Country                    string            `json:"country,omitzero"`
	Currency                   string            `json:"currency,omitzero"`
	PlanPeriod                 string            `json:"plan_period,omitzero"`
	UnifiedBilling             *bool             `json:"unified_billing,omitzero"`
	Invoiced                   *bool             `json:"invoiced,omitzero"`
	AnnualCommitMonthlyBilling *bool             `json:"annual_commit_monthly_billing,omitzero"`
	BillingAddress             BillingAddress    `json:"billing_address,omitzero"`
	BillingContact             BillingContact    `json:"billing_contact,omitzero"`
	UseSameAddress             *bool             `json:"use_same_address,omitzero"`
	E911Address                E911Address       `json:"e911_address,omitzero"`
	MainlineNumber             string            `json:"mainline_number,omitzero"`
	Timezone                   string            `json:"timezone,omitzero"`
	HoursOn                    *bool             `json:"hours_on,omitzero"`
	MondayHours                Hours             `json:"monday_hours,omitzero"`
	TuesdayHours               Hours             `json:"tuesday_hours,omitzero"`
	WednesdayHours             Hours             `json:"wednesday_hours,omitzero"`
	ThursdayHours              Hours             `json:"thursday_hours,omitzero"`
	FridayHours                Hours             `json:"friday_hours,omitzero"`
	SaturdayHours              Hours             `json:"saturday_hours,omitzero"`
	SundayHours                Hours             `json:"sunday_hours,omitzero"`
	RingSeconds                *int64            `json:"ring_seconds,omitzero"`
	GroupDescription           string            `json:"group_description,omitzero"`
	FirstAction                string            `json:"first_action,omitzero"`
	NoOperatorsAction          string            `json:"no_operators_action,omitzero"`
	InternationalEnabled       *bool             `json:"international_enabled,omitzero"`
	AutoCallRecording          *bool             `json:"auto_call_recording,omitzero"`
	VoiceIntelligence          VoiceIntelligence `json:"voice_intelligence,omitzero"`
	RoutingOptions             RoutingOptions    `json:"routing_options,omitzero"`
}

// BillingAddress is the document's BillingContactMessage.
type BillingAddress struct {
	AddressLine1 string `json:"address_line_1,omitzero"`
	AddressLine2 string `json:"address_line_2,omitzero"`
	City         string `json:"city,omitzero"`
	Region       string `json:"region,omitzero"`
	PostalCode   string `json:"postal_code,omitzero"`
	Country      string `json:"country,omitzero"`
}

// BillingContact is the document's BillingPointOfContactMessage.
type BillingContact struct {
	Name  string `json:"name,omitzero"`
	Email string `json:"email,omitzero"`
	Phone string `json:"phone,omitzero"`
}

// E911Address is where an ambulance goes: the document's E911Message.
type E911Address struct {
	Address  string `json:"address,omitzero"`
	Address2 string `json:"address2,omitzero"`
	City     string `json:"city,omitzero"`
	State    string `json:"state,omitzero"`
	Zip      string `json:"zip,omitzero"`
	Country  string `json:"country,omitzero"`
}

// VoiceIntelligence controls call transcription.
type VoiceIntelligence struct {
	AllowPause *bool `json:"allow_pause,omitzero"`
	AutoStart  *bool `json:"auto_start,omitzero"`
}

// RoutingOptions says what happens to a call in and out of hours. The document requires both or neither.
type RoutingOptions struct {
	Open   Routing `json:"open,omitzero"`
	Closed Routing `json:"closed,omitzero"`
}

// Routing is the document's RoutingOptionsInner.
type Routing struct {
	Action           string `json:"action,omitzero"`
	ActionTargetType string `json:"action_target_type,omitzero"`
	ActionTargetID   *int64 `json:"action_target_id,omitzero"`
	TryDialOperators *bool  `json:"try_dial_operators,omitzero"`
	OperatorRouting  string `json:"operator_routing,omitzero"`
	DTMF             []DTMF `json:"dtmf,omitzero"`
}

// DTMF is one key of the phone menu and what it does.
type DTMF struct {
	Input   string      `json:"input"` // "0" to "9"
	Options DTMFOptions `json:"options"`
}

// DTMFOptions is what a key of the phone menu does.
type DTMFOptions struct {
	Action           string `json:"action,omitzero"`
	ActionTargetType string `json:"action_target_type,omitzero"`
	ActionTargetID   *int64 `json:"action_target_id,omitzero"`
}

// Hours are the opening hours of one day: pairs of open and close, in order, each "HH:MM". Nil hours are left out of
// the body, and the server then opens Monday to Friday from 08:00 to 18:00. A closed day must therefore be an empty
// list that isn't nil, which is sent as [].
type Hours []string

// Closed returns the hours of a day on which the office is closed.
func Closed() Hours { return Hours{} }
