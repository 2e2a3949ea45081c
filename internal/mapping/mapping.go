// Package mapping turns the rows of a Sheet into requests: it finds out which column fills which field, reads each
// cell as the kind of its field requires, and reports everything that is wrong with a row at once.
//
// No value is changed silently. A cell is sent as it is, or read by a rule that the request records (office.Reading),
// or refused with a suggestion. The package knows nothing of file formats and networks.
package mapping

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
)

// Options say how cells become offices. The zero value has the headings of office.Fields and no defaults.
type Options struct {
	File     *headings.File       // mapping file; nil: none
	Defaults map[string]string    // values by field, from the command line; they win over the file's
	Company  string               // for rows that name none; sent as DP-Company-ID, part of every Key; wins over a default for company_id
	Accept   []office.ProblemKind // kinds of problems to turn into warnings: hidden_row, renamed
	// NoRepairs turns repairs into problems: lost zeros, line breaks, dates next to times, phones without a country.
	NoRepairs bool
}

// Mapping knows which heading means which field. It never changes, and is safe for concurrent use.
type Mapping struct {
	file      *headings.File
	columns   map[string]*headings.Input // of the file, by normalised heading
	key       string                     // the normalised heading of the key column
	defaults  map[string]string          // by input
	meanings  map[string]map[string]string
	company   string // for rows that name none
	accepted  []office.ProblemKind
	noRepairs bool
}

// New makes a mapping. Its error has one line for each default that names no field or isn't valid for it, and for
// each kind that can't be accepted.
func New(o Options) (*Mapping, error) {
	m := &Mapping{file: o.File, columns: map[string]*headings.Input{}, defaults: map[string]string{}, meanings: map[string]map[string]string{},
		accepted: o.Accept, noRepairs: o.NoRepairs}
	if o.File != nil {
		m.useFile(o.File)
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
	m.company, _ = cell.TidyLine(m.defaults[office.CompanyID])
	return m, nil
}

// useFile takes over a mapping file. Load has checked it.
func (m *Mapping) useFile(f *headings.File) {
	for _, c := range f.Columns {
		m.columns[locale.Letters(c.Heading)] = c.Input
	}
	maps.Copy(m.defaults, f.Defaults)
	m.meanings = f.Values
	m.key = locale.Letters(f.Key)
}

func (m *Mapping) setDefault(name, value string) error {
	in := headings.ByName(name)
	if !headings.CanDefault(in) {
		like, _ := headings.NearInput(name)
		return fmt.Errorf("default %q names no field; %s", name, near.DidYouMean(like, "`importer fields` lists them"))
	}
	if p := headings.CheckDefault(in, value); p != nil {
		return fmt.Errorf("default for %s: %s", in.Name, p)
	}
	m.defaults[in.Name] = value
	return nil
}

// setCompany is setDefault for Options.Company.
func (m *Mapping) setCompany(id string) error {
	if p := cell.CheckCompany(id); p != nil {
		return fmt.Errorf("company: %s", p)
	}
	m.defaults[office.CompanyID] = id
	return nil
}

// inputOf is what a heading means; nil if it means nothing.
func (m *Mapping) inputOf(heading string) *headings.Input {
	key := locale.Letters(heading)
	if in, ok := m.columns[key]; ok {
		return in
	}
	return headings.ByHeading()[key]
}

func (m *Mapping) isKey(heading string) bool { return m.key != "" && locale.Letters(heading) == m.key }

// Known tells whether a heading means something, for sheet.Options.
func (m *Mapping) Known(heading string) bool {
	return m.inputOf(heading) != nil || m.isKey(heading)
}

// RequiredHeading tells whether a column with this heading is the key or gives a field that every office needs, for
// sheet.Options.
func (m *Mapping) RequiredHeading(heading string) bool {
	in := m.inputOf(heading)
	return m.isKey(heading) || in != nil && m.isRequired(in)
}

// isRequired tells whether a blank cell of the input means a missing value.
func (m *Mapping) isRequired(in *headings.Input) bool {
	if in.Part != headings.Whole {
		return false
	}
	return in.Field.Required && in.Field.Fallback == "" && m.defaults[in.Name] == ""
}
