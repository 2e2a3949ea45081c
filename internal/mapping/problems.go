package mapping

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// validate adds what office finds wrong with the values, except in fields that already have a problem: their values
// are missing because of it.
func (d *draft) validate(sameAddress bool) {
	problems, warnings := office.ValidateBut(&d.request.Office, d.checked)
	for _, p := range problems {
		f := office.FieldByName(p.Field)
		alreadyReported := sameAddress && p.Kind == office.Missing && f.Section() == "e911_address"
		if !alreadyReported && !slices.Contains(d.failed, f) {
			d.notes.Problems = append(d.notes.Problems, d.locate(p))
		}
	}
	for _, p := range warnings {
		d.notes.Warnings = append(d.notes.Warnings, d.locate(p))
	}
}

// locate adds the column and the cell's value to a problem that has only its field.
func (d *draft) locate(p office.Problem) office.Problem {
	from, ok := d.plan.sources[p.Field]
	if !ok {
		return p
	}
	p.Column = from.label
	if cell := d.cell(from); cell.Kind != sheet.Blank {
		p.Value = cell.Raw
	}
	return p
}

// collectProblems gives the request its problems and warnings. If something is wrong with the row as a whole,
// problems of its cells would only distract.
func (d *draft) collectProblems() {
	r := d.request
	r.Warnings = slices.Clone(d.row.Warnings)
	switch {
	case len(d.row.Problems) > 0:
		r.Problems = slices.Clone(d.row.Problems)
	case d.incomplete():
		r.Problems = []office.Problem{{Kind: IncompleteRow, Message: "is mostly empty where every office needs a value", Suggestion: "fill it in; or delete it, if it is a total or a note"}}
	default:
		r.Problems, r.Warnings = d.notes.Problems, append(r.Warnings, d.notes.Warnings...)
	}
	if d.row.Hidden {
		r.Problems = append(r.Problems, office.Problem{Kind: HiddenRow, Message: "is hidden or filtered out", Suggestion: "show it, delete it, or take such rows with --accept hidden_row"})
	}
	d.warnUnnamed()
	d.acceptProblems()
	numberRows(r.Problems, r.Row)
	numberRows(r.Warnings, r.Row)
}

func numberRows(problems []office.Problem, row int) {
	for i := range problems {
		problems[i].Row = row
	}
}

// incomplete tells whether more than one, and more than half, of the columns that every office needs are blank.
func (d *draft) incomplete() bool {
	blank := 0
	for _, from := range d.plan.required {
		if d.cell(from).Kind == sheet.Blank {
			blank++
		}
	}
	return blank > 1 && blank*2 > len(d.plan.required)
}

// warnUnnamed warns of values in columns without a heading.
func (d *draft) warnUnnamed() {
	r := d.request
	for _, from := range d.plan.unnamed {
		cell := d.cell(from)
		if cell.Kind == sheet.Blank {
			continue
		}
		r.Warnings = append(r.Warnings, office.Problem{Column: from.label, Kind: DataWithoutHeader, Value: cell.Raw,
			Message: fmt.Sprintf("%q stands in a column without a heading, and is not used", cell.Raw), Suggestion: "give the column a heading"})
	}
}

// acceptProblems turns the problems that the user accepts into warnings.
func (d *draft) acceptProblems() {
	r := d.request
	accepted := d.plan.mapping.accepted
	if len(accepted) == 0 {
		return
	}
	doubtful := func(p office.Problem) bool { return slices.Contains(accepted, p.Kind) }
	for _, p := range r.Problems {
		if doubtful(p) {
			r.Warnings = append(r.Warnings, p)
		}
	}
	r.Problems = slices.DeleteFunc(r.Problems, doubtful)
}

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
