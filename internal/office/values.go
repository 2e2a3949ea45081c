package office

// Valid values from the published document.
var (
	// Countries are the country codes in the document except DP, which isn't in ISO 3166-1 and isn't explained.
	Countries = []string{
		"AR", "AT", "AU", "BD", "BE", "BG", "BH", "BR", "CA", "CH", "CI", "CL", "CN", "CO", "CR", "CY", "CZ", "DE",
		"DK", "DO", "EC", "EE", "EG", "ES", "FI", "FR", "GB", "GH", "GR", "GT", "HK", "HR", "HU", "ID", "IE", "IL",
		"IN", "IS", "IT", "JP", "KE", "KH", "KR", "KZ", "LK", "LT", "LU", "LV", "MA", "MD", "MM", "MT", "MX", "MY",
		"NG", "NL", "NO", "NZ", "PA", "PE", "PH", "PK", "PL", "PR", "PT", "PY", "RO", "RU", "SA", "SE", "SG", "SI",
		"SK", "SV", "TH", "TR", "TW", "UA", "US", "UY", "VE", "VN", "ZA",
	}
	currencies    = []string{"AUD", "CAD", "EUR", "GBP", "JPY", "NZD", "USD"}
	planPeriods   = []string{"monthly", "yearly"}
	firstActions  = []string{"menu", "operators"}
	actions       = []string{"bridge_target", "company_directory", "department", "directory", "disabled", "extension", "menu", "message", "operator", "person", "scripted_ivr", "voicemail"}
	targetTypes   = []string{"callcenter", "callrouter", "channel", "coachinggroup", "contact", "contactgroup", "department", "office", "room", "staffgroup", "unknown", "user"}
	operatorOrder = []string{"fixedorder", "longestidle", "mostskilled", "random", "roundrobin", "simultaneous"}
)

// Actions returns the valid actions of a routing and of a menu key. The slice must not be modified.
func Actions() []string { return actions }

// TargetTypes returns the valid types of an action's target. The slice must not be modified.
func TargetTypes() []string { return targetTypes }

// E911Required reports whether offices in a country need an E911 address. The document says: "Required for country
// codes of US, CA, AU, FR, GB, NZ".
func E911Required(country string) bool {
	switch country {
	case "US", "CA", "AU", "FR", "GB", "NZ":
		return true
	}
	return false
}

// usualCurrency is the currency to expect in a country that uses one of the seven. In other countries any of them is
// fine.
var usualCurrency = map[string]string{
	"AU": "AUD", "CA": "CAD", "GB": "GBP", "JP": "JPY", "NZ": "NZD", "US": "USD", "PR": "USD",
	"AT": "EUR", "BE": "EUR", "BG": "EUR", "CY": "EUR", "DE": "EUR", "EE": "EUR", "ES": "EUR", "FI": "EUR", "FR": "EUR",
	"GR": "EUR", "HR": "EUR", "IE": "EUR", "IT": "EUR", "LT": "EUR", "LU": "EUR", "LV": "EUR", "MT": "EUR", "NL": "EUR",
	"PT": "EUR", "SI": "EUR", "SK": "EUR",
}
