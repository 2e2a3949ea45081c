package main

import (
	"github.com/spf13/cobra"
)

type reportOptions struct {
	input  inputOptions
	output outputOptions
	target targetOptions
}

func newReport(c console) *cobra.Command {
	var o reportOptions
	command := &cobra.Command{
		Use:   "report FILE --server SERVER",
		Short: "The reports again, from the journal, without sending",
		Long: `Report writes the reports of a file again from its journal. It sends nothing
and speaks to no server: --server only says whose journal it is.`,
		Example: "  importer report offices.xlsx --server production --report offices.jsonl",
		Args:    oneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			return o.report(c, args[0])
		},
	}
	o.input.flags(command)
	o.output.flags(command, runMark)
	o.target.flags(command, "whose journal: ")
	return command
}

func (o *reportOptions) report(c console, path string) error {
	if _, err := parseServer(o.target.server); err != nil {
		return err
	}
	f, err := o.input.open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	options, err := o.target.options(c, o.output.asked())
	if err != nil {
		return err
	}
	summary, err := f.Report(options)
	if err != nil {
		return o.input.of(path).explained(err, o.target.server)
	}
	if err := o.output.print(c, summary, false); err != nil {
		return err
	}
	return statusOf(summary)
}
