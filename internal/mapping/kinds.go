package mapping

import (
	"officeimporter/internal/office"
)

// Kinds of problems with a file's headings and with its mapping.
const (
	DuplicateHeader office.ProblemKind = "duplicate_header"
	UnknownHeader   office.ProblemKind = "unknown_header"
	MissingColumn   office.ProblemKind = "missing_column"
	UnusedColumn    office.ProblemKind = "unused_column"  // a warning
	UnusedMapping   office.ProblemKind = "unused_mapping" // a warning
	HiddenColumn    office.ProblemKind = "hidden_column"  // a warning
	BadMappingFile  office.ProblemKind = "bad_mapping_file"
)

// Kinds of problems with a row as a whole.
const (
	IncompleteRow  office.ProblemKind = "incomplete_row"
	HiddenRow      office.ProblemKind = "hidden_row"
	DuplicateRow                      = office.DuplicateRow
	MissingKey     office.ProblemKind = "missing_key"
	MissingCompany office.ProblemKind = "missing_company"
	Renamed        office.ProblemKind = "renamed" // found by who knows the journal
)

// Kinds of problems with how a cell reads. Those of values, once they are
// read, are office's.
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

// Kinds of warnings: the value is used, but someone should look.
const (
	NewlineInLine       office.ProblemKind = "newline_in_single_line_field"
	PostalCodePadded    office.ProblemKind = "postal_code_padded"
	PostalCodeMismatch  office.ProblemKind = "postal_code_mismatch"
	PhoneCountryAssumed office.ProblemKind = "phone_country_assumed"
	PhoneUnlikely       office.ProblemKind = "phone_unlikely"
	DatePartIgnored     office.ProblemKind = "date_part_ignored"
	MergedCell          office.ProblemKind = "merged_cell"
	DataWithoutHeader   office.ProblemKind = "data_without_header"
)

// Rules by which cells are read that aren't sent as they stand.
const (
	ruleSpelling   = "spelling" // case, white space, characters that can't be seen
	ruleNumber     = "number"   // how the digits of a number are written
	ruleBoolean    = "boolean"
	ruleHours      = "hours"
	ruleMenu       = "menu"
	ruleCountry    = "country"
	ruleRegion     = "region"
	rulePostalCode = "postal code"
	rulePhone      = "phone"
	ruleZone       = "time zone"
	ruleStreet     = "street parts"
	ruleMeaning    = "mapping file"
	ruleDefault    = "default"
	ruleFallback   = "fallback"
	ruleSame       = "same address"
)
