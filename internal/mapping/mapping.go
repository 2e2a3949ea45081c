package mapping

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// Options say how cells become offices. The zero value knows the headings of
// office.Fields and no defaults.
type Options struct {
	File     *File                // nil: none
	Defaults map[string]string    // value by field, from the command line; wins over the file's
	Company  string               // of rows that name none, sent as DP-Company-ID; part of every Key; wins over a default for company_id
	Accept   []office.ProblemKind // doubtful kinds of row problems to be warnings: hidden_row
	// NoRepairs makes problems of values that were put right with a warning:
	// lost zeros, line breaks, dates beside times, phones without a country.
	NoRepairs bool
}

// Mapping knows which heading means which field. It is never changed once
// made, and may be used concurrently.
type Mapping struct {
	file      *File
	columns   map[string]*input // of the file, by normalised heading
	key       string            // the normalised heading of the key column
	defaults  map[string]string // by input
	meanings  map[string]map[string]string
	company   string // of rows that name none
	accepted  []office.ProblemKind
	noRepairs bool
}

// New makes a mapping. Its error has a line for each default that names no
// field or is no value of it, and for each kind that can't be accepted.
func New(o Options) (*Mapping, error) {
	m := &Mapping{file: o.File, columns: map[string]*input{}, defaults: map[string]string{}, meanings: map[string]map[string]string{},
		accepted: o.Accept, noRepairs: o.NoRepairs}
	if o.File != nil {
		m.adopt(o.File)
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(o.Defaults)) {
		errs = append(errs, m.setDefault(name, o.Defaults[name]))
	}
	if o.Company != "" {
		errs = append(errs, m.setCompany(o.Company))
	}
	for _, kind := range o.Accept {
		if kind != HiddenRow && kind != Renamed {
			errs = append(errs, fmt.Errorf("problems of the kind %q can't be accepted: only %s and %s can", kind, HiddenRow, Renamed))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	m.company, _ = tidyLine(m.defaults[office.CompanyID])
	return m, nil
}

// adopt takes over a file, which Load has checked.
func (m *Mapping) adopt(f *File) {
	for _, c := range f.columns {
		m.columns[locale.Letters(c.heading)] = c.input
	}
	maps.Copy(m.defaults, f.defaults)
	m.meanings = f.values
	m.key = locale.Letters(f.key)
}

func (m *Mapping) setDefault(name, value string) error {
	in := inputNamed(name)
	if !canDefault(in) {
		like, _ := nearInput(name)
		return fmt.Errorf("default %q names no field; %s", name, near.DidYouMean(like, "`importer fields` lists them"))
	}
	if p := checkDefault(in, value); p != nil {
		return fmt.Errorf("default for %s: %s", in.name, p)
	}
	m.defaults[in.name] = value
	return nil
}

// setCompany is setDefault for what was given by itself.
func (m *Mapping) setCompany(id string) error {
	if p := checkCompany(id); p != nil {
		return fmt.Errorf("company: %s", p)
	}
	m.defaults[office.CompanyID] = id
	return nil
}

// canDefault tells whether an input takes a value for all rows: fields do, the
// hours of a week, and the company.
func canDefault(in *input) bool {
	return in != nil && (in.part == whole || in.part == week || in.part == company)
}

// checkDefault says what is wrong with a value for all rows, as far as can be
// told without a row: what depends on the row's country is found there.
func checkDefault(in *input, value string) *office.Problem {
	cell := standby(value)
	if cell.Kind == sheet.Blank {
		return &office.Problem{Kind: office.Missing, Message: "is empty", Suggestion: "give a value, or leave the default out"}
	}
	switch in.part {
	case week:
		_, p := hours.ParseWeek(value)
		return p
	case company:
		return checkCompany(value)
	}
	switch in.field.Kind {
	case office.Region, office.Postal, office.Phone, office.Zone:
		return nil
	}
	d := &draft{plan: &Plan{mapping: &Mapping{}}, request: &office.Request{}}
	read, _ := readerOf(in.field)(d.enter(in.field, cell, ""))
	if len(d.problems) > 0 {
		return &office.Problem{Message: d.problems[0].Message, Suggestion: d.problems[0].Suggestion}
	}
	if read == nil {
		return nil
	}
	if p := in.field.Check(read); p != nil {
		return &office.Problem{Message: p.Message, Suggestion: p.Suggestion}
	}
	return nil
}

// standby is a default as a cell.
func standby(value string) sheet.Cell {
	if strings.TrimSpace(locale.Fold(value)) == "" {
		return sheet.Cell{}
	}
	return sheet.Cell{Kind: sheet.Text, Raw: value}
}

// inputOf is what a heading means; nil if it means nothing.
func (m *Mapping) inputOf(heading string) *input {
	key := locale.Letters(heading)
	if in, ok := m.columns[key]; ok {
		return in
	}
	return headings()[key]
}

func (m *Mapping) isKey(heading string) bool { return m.key != "" && locale.Letters(heading) == m.key }

// Known tells whether a heading means something: to parse.Options.
func (m *Mapping) Known(heading string) bool {
	return m.inputOf(heading) != nil || m.isKey(heading)
}

// RequiredHeading tells whether a column with the heading gives a field that
// every office needs, or names the row: to parse.Options.
func (m *Mapping) RequiredHeading(heading string) bool {
	in := m.inputOf(heading)
	return m.isKey(heading) || in != nil && m.isRequired(in)
}

// isRequired tells whether a blank cell of the input is a missing value.
func (m *Mapping) isRequired(in *input) bool {
	if in.part != whole {
		return false
	}
	return in.field.Required && in.field.Fallback == "" && m.defaults[in.name] == ""
}
