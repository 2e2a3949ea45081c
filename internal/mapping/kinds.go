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
)

// Kinds of problems with a row as a whole.
const (
	IncompleteRow  office.ProblemKind = "incomplete_row"
	HiddenRow                         = office.HiddenRow
	DuplicateRow                      = office.DuplicateRow
	MissingKey     office.ProblemKind = "missing_key"
	MissingCompany office.ProblemKind = "missing_company"
	Renamed        office.ProblemKind = "renamed" // found with the help of the journal
)

// Kinds of warnings: the value is used, but someone should look.
const (
	DataWithoutHeader office.ProblemKind = "data_without_header"
)

// Rules for reading cells that aren't sent as they are.
const (
	ruleStreet   = "street parts"
	ruleMeaning  = "mapping file"
	ruleDefault  = "default"
	ruleFallback = "fallback"
	ruleSame     = "same address"
)
