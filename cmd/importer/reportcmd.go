package main

import (
	"github.com/spf13/cobra"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
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

func (o *reportOptions) report(c console, file string) error {
	to, err := parseServer(o.target.server)
	if err != nil {
		return err
	}
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	lanes, err := j.lanes(&o.target)
	if err != nil {
		return err
	}
	if err := distinct(j.roles(lanes, o.output.paths(j, runMark))); err != nil {
		return err
	}
	defer func() { _ = lanes.close() }()
	if err := lanes.read(c.say); err != nil {
		return journalError(err)
	}
	s := &session{console: c, verb: "report", job: j, lanes: lanes, rate: o.target.rate, to: to,
		options: submit.Options{JudgeOptions: submit.JudgeOptions{AcceptRenamed: o.input.accepts(submit.Renamed), Keyed: j.keyed}}}
	summary, err := s.report(o.output.paths(j, runMark), func(*report.Summary) {})
	if err != nil {
		return err
	}
	if err := o.output.print(c, summary, false); err != nil {
		return err
	}
	return j.status(summary)
}
