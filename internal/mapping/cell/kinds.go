package cell

import (
	"officeimporter/internal/office"
)

// Kinds of repairs and other doubts. Repairs are warnings unless Rules.NoRepairs makes them problems.
const (
	NewlineInLine       office.ProblemKind = "newline_in_single_line_field"
	PostalCodePadded    office.ProblemKind = "postal_code_padded"
	PostalCodeMismatch  office.ProblemKind = "postal_code_mismatch"
	PhoneCountryAssumed office.ProblemKind = "phone_country_assumed"
	PhoneUnlikely       office.ProblemKind = "phone_unlikely"
	DatePartIgnored     office.ProblemKind = "date_part_ignored"
	MergedCell          office.ProblemKind = "merged_cell"
)

// Rules for reading cells that aren't sent as they are.
const (
	ruleSpelling   = "spelling" // case, white space, invisible characters
	ruleNumber     = "number"   // how the digits of a number are written
	ruleBoolean    = "boolean"
	RuleHours      = "hours"
	ruleMenu       = "menu"
	ruleCountry    = "country"
	ruleRegion     = "region"
	rulePostalCode = "postal code"
	rulePhone      = "phone"
	ruleZone       = "time zone"
)

// Kinds of problems with how a cell reads. Those of the values that are read are office's.
const (
	ErrorCell      office.ProblemKind = "error_cell"
	FormulaNoValue office.ProblemKind = "formula_no_value"
	DateInText     office.ProblemKind = "date_in_text"
	PrecisionLost  office.ProblemKind = "precision_lost"
	NotInteger     office.ProblemKind = "not_integer"
	IntegerRange   office.ProblemKind = "integer_out_of_range"
	BadCompany     office.ProblemKind = "bad_company_id"
	BadBoolean     office.ProblemKind = "bad_boolean"
	BadRegion      office.ProblemKind = "bad_region"
	BadPostalCode  office.ProblemKind = "bad_postal_code"
	BadPhone       office.ProblemKind = "bad_phone"
	PhoneExtension office.ProblemKind = "phone_extension"
)
