package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"officeimporter/internal/fix"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/mapping"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/submit"
)

// inputOptions say how a file is read.
type inputOptions struct {
	mapping   string
	defaults  []string
	sheet     string
	headerRow int
	encoding  string
	delimiter string
	company   string
	accept    []string
	noRepairs bool

	repeated []string // flags as they were given, for hints
}

func (o *inputOptions) flags(c *cobra.Command) {
	o.fileFlags(c)
	f := c.Flags()
	f.StringVar(&o.mapping, "mapping", "", "mapping `FILE`; default: the input's name with .mapping.yaml for its ending, where there is one")
	f.StringArrayVar(&o.defaults, "default", nil, "`FIELD=VALUE` where no column fills the field or its cell is empty; repeatable")
	f.StringVar(&o.company, "company", "", "`ID` sent as DP-Company-ID, for keys that see several companies; where a column company_id has each row's, of rows that name none")
	f.StringArrayVar(&o.accept, "accept", nil, "take rows whose only problem is of this `KIND`: hidden_row, renamed; repeatable")
	f.BoolVar(&o.noRepairs, "no-repairs", false, "make problems of values that are put right with a warning, such as lost zeros")
}

// fileFlags are those that say where a file's heading and cells are.
func (o *inputOptions) fileFlags(c *cobra.Command) {
	c.PreRun = func(cmd *cobra.Command, _ []string) { o.repeated = repeatedFlags(cmd) }
	f := c.Flags()
	f.StringVar(&o.sheet, "sheet", "", "`NAME` of the sheet; default: the one whose headings are known")
	f.IntVar(&o.headerRow, "header-row", 0, "`ROW` of the headings; default: found")
	f.StringVar(&o.encoding, "encoding", "", "of a text file, such as windows-1252; default: found")
	f.StringVar(&o.delimiter, "delimiter", "", "of a text file: a character or tab; default: found")
}

// reading says how a file is opened whose headings the mapping knows.
func (o *inputOptions) reading(m *mapping.Mapping) sheet.Options {
	return sheet.Options{Sheet: o.sheet, HeaderRow: o.headerRow, Encoding: o.encoding, Delimiter: o.delimiter,
		Known: m.Known, Required: m.RequiredHeading}
}

// job is a file, read and bound to fields.
type job struct {
	file     string
	mapping  string // the mapping file; empty: none
	sheet    *sheet.Sheet
	plan     *mapping.Plan
	repeated []string // flags, for hints
	keyed    bool
	known    bool // all rows have been seen
}

// openJob reads a file's heading and binds it to fields.
func openJob(file string, o *inputOptions) (*job, error) {
	path := o.mappingOf(file)
	m, err := o.load(path)
	if err != nil {
		return nil, err
	}
	sheet, err := parse.Open(file, o.reading(m))
	if err != nil {
		return nil, err
	}
	plan, err := m.Bind(sheet)
	if err != nil {
		_ = sheet.Close()
		return nil, err
	}
	keyed := slices.ContainsFunc(plan.Columns(), func(c mapping.Column) bool { return c.Key })
	return &job{file: file, mapping: path, sheet: sheet, plan: plan, repeated: o.repeated, keyed: keyed}, nil
}

// mappingOf is the mapping file for a file, empty where there is none.
func (o *inputOptions) mappingOf(file string) string {
	return cmp.Or(o.mapping, mappingPath(file))
}

// load reads the mapping file at path, if there is one.
func (o *inputOptions) load(path string) (m *mapping.Mapping, err error) {
	options := mapping.Options{Company: o.company, NoRepairs: o.noRepairs}
	if options.Accept, err = o.accepted(); err != nil {
		return nil, err
	}
	if options.Defaults, err = parseDefaults(o.defaults); err != nil {
		return nil, err
	}
	if path != "" {
		if options.File, err = headings.Load(path); err != nil {
			return nil, err
		}
	}
	return mapping.New(options)
}

func parseDefaults(flags []string) (map[string]string, error) {
	defaults := map[string]string{}
	for _, text := range flags {
		field, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, fail("usage", "--default plan_period=monthly", "--default %q has no =", text)
		}
		defaults[strings.TrimSpace(field)] = value
	}
	return defaults, nil
}

// accepted are the kinds of doubt that the user takes upon them. Those about
// the file are the mapping's; those about what was sent are the judge's.
func (o *inputOptions) accepted() (kinds []office.ProblemKind, err error) {
	for _, text := range o.accept {
		switch kind := office.ProblemKind(text); kind {
		case mapping.HiddenRow:
			kinds = append(kinds, kind)
		case submit.Renamed:
		default:
			return nil, fail("usage", "--accept hidden_row, --accept renamed", "--accept %q is not a kind that can be accepted", text)
		}
	}
	return kinds, nil
}

func (o *inputOptions) accepts(kind office.ProblemKind) bool {
	return slices.Contains(o.accept, string(kind))
}

// Close gives the file back.
func (j *job) Close() error { return j.sheet.Close() }

// survey reads all rows once, so that the plan knows every key. Judging rows
// against a journal needs that: which rows have left the file?
func (j *job) survey() error {
	if j.known {
		return nil
	}
	for _, err := range j.plan.Requests() {
		if err != nil {
			return err
		}
	}
	j.known = true
	return nil
}

// results judges every row in sheet order, and hands each to all sinks.
func (j *job) results(judge judging, sinks ...func(office.Result) error) error {
	for r, err := range j.plan.Requests() {
		if err != nil {
			return err
		}
		result, err := judge.Judge(r)
		if err != nil {
			return err
		}
		for _, sink := range sinks {
			if err := sink(result); err != nil {
				return err
			}
		}
	}
	j.known = true
	return nil
}

// newFixFile is for the rows that need a person.
func (j *job) newFixFile() *fix.File {
	state, err := lock.StateDir()
	if err != nil {
		state = "" // then any fix file counts as changed by hand
	}
	return fix.New(j.sheet, fix.PathOf(stem(j.file), j.sheet), state)
}

// ownWorkbook is the workbook that was read, as it was then; nil where the
// input is none.
func (j *job) ownWorkbook() *io.SectionReader {
	if j.sheet.Format != "xlsx" {
		return nil
	}
	return j.sheet.Content()
}
