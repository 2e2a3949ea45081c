package main

import (
	"encoding/json"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

type diffOptions struct {
	input inputOptions
	json  bool
}

func newDiff(c console) *cobra.Command {
	var o diffOptions
	command := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Which rows were added, removed or changed, field by field",
		Long: `Diff compares two files, two reports, or a report with a file: a row is the
same row where its key is, whatever its number. Reports may be .jsonl, which have
every value, or .csv, which have only names and outcomes. It speaks to no server.

Exit status 0: no difference; 1: differences; 2: they can't be compared.`,
		Example: "  importer diff offices.check.jsonl offices.xlsx\n  importer diff monday.report.csv tuesday.report.csv --json",
		Args:    twoFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			return o.diff(c, args[0], args[1])
		},
	}
	o.input.flags(command)
	command.Flags().BoolVar(&o.json, "json", false, "all differences as one JSON object on stdout")
	return command
}

func twoFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 2 {
		return nil
	}
	return fail("usage", "importer "+cmd.Use, "%s takes two files, got %s", cmd.Name(), report.Counted(len(args), "argument"))
}

func (o *diffOptions) diff(c console, old, new string) error {
	diff, err := o.compare(old, new)
	if err != nil {
		return err
	}
	if o.json {
		err = json.NewEncoder(c.out).Encode(diff)
	} else {
		err = writeDiff(c.out, fmt.Sprintf("%s -> %s", old, new), diff)
	}
	if err == nil && !diff.Empty() {
		return statusError(exitPerson)
	}
	return err
}

func (o *diffOptions) compare(old, new string) (*report.Diff, error) {
	before, closeOld, err := o.side(old)
	if err != nil {
		return nil, err
	}
	defer closeOld()
	after, closeNew, err := o.side(new)
	if err != nil {
		return nil, err
	}
	defer closeNew()
	return report.Compare(before, after)
}

// side are the rows of a report or of a file.
func (o *diffOptions) side(path string) (rows iter.Seq2[report.Row, error], close func(), err error) {
	is, err := report.IsReport(path)
	switch {
	case err != nil:
		return nil, nil, err
	case is:
		return report.ReadRows(path), func() {}, nil
	}
	f, err := o.input.open(path)
	if err != nil {
		return nil, nil, err
	}
	return f.Rows(func(*office.Request) bool { return true }), func() { _ = f.Close() }, nil
}
