package main

import (
	"strings"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// inputOptions are the flags for how to read a file.
type inputOptions struct {
	input    importer.Input
	defaults []string
	accept   []string

	repeated []string // the given flags that commands in hints must repeat
}

func (o *inputOptions) flags(c *cobra.Command) {
	o.fileFlags(c)
	f := c.Flags()
	f.StringVar(&o.input.Mapping, "mapping", "", "mapping `FILE`; default: the input's name with .mapping.yaml for its ending, where there is one")
	f.StringArrayVar(&o.defaults, "default", nil, "`FIELD=VALUE` where no column fills the field or its cell is empty; repeatable")
	f.StringVar(&o.input.Company, "company", "", "`ID` sent as DP-Company-ID, for keys that see several companies; where a column company_id has each row's, of rows that name none")
	f.StringArrayVar(&o.accept, "accept", nil, "take rows whose only problem is of this `KIND`: hidden_row, renamed; repeatable")
	f.BoolVar(&o.input.NoRepairs, "no-repairs", false, "make problems of values that are put right with a warning, such as lost zeros")
}

// fileFlags adds the flags that say where a file's headings and cells are.
func (o *inputOptions) fileFlags(c *cobra.Command) {
	c.PreRun = func(cmd *cobra.Command, _ []string) { o.repeated = repeatedFlags(cmd) }
	f := c.Flags()
	f.StringVar(&o.input.Sheet, "sheet", "", "`NAME` of the sheet; default: the one whose headings are known")
	f.IntVar(&o.input.HeaderRow, "header-row", 0, "`ROW` of the headings; default: found")
	f.StringVar(&o.input.Encoding, "encoding", "", "of a text file, such as windows-1252; default: found")
	f.StringVar(&o.input.Delimiter, "delimiter", "", "of a text file: a character or tab; default: found")
}

// open opens a file as the flags say. The caller closes it.
func (o *inputOptions) open(path string) (*importer.File, error) {
	if err := o.parse(); err != nil {
		return nil, err
	}
	return importer.Open(path, o.input)
}

// parse checks the flags that have a syntax of their own.
func (o *inputOptions) parse() (err error) {
	if o.input.Accept, err = parseAccept(o.accept); err != nil {
		return err
	}
	o.input.Defaults, err = parseDefaults(o.defaults)
	return err
}

func parseAccept(flags []string) (kinds []office.ProblemKind, err error) {
	for _, text := range flags {
		switch kind := office.ProblemKind(text); kind {
		case mapping.HiddenRow, submit.Renamed:
			kinds = append(kinds, kind)
		default:
			return nil, fail("usage", "--accept hidden_row, --accept renamed", "--accept %q is not a kind that can be accepted", text)
		}
	}
	return kinds, nil
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

// of returns what commands in hints are about: a file with these flags.
func (o *inputOptions) of(file string) subject { return subject{file, o.repeated} }
