package main

import (
	"context"

	"github.com/spf13/cobra"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

func newCheck(c console) *cobra.Command {
	var o checkOptions
	command := &cobra.Command{
		Use:   "check FILE",
		Short: "Read, map, validate; send nothing; write the report",
		Long: `Check reads a file, maps and validates each row, and writes what would be
sent. It sends nothing. With --server it also takes the list of offices, and
says which rows exist already.`,
		Example: "  importer check offices.xlsx\n  importer check offices.csv --report review.html",
		Args:    oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), c, args[0])
		},
	}
	o.input.flags(command)
	o.output.flags(command, checkMark)
	o.target.flags(command, "with it, check also looks up which offices exist: ")
	return command
}

type checkOptions struct {
	input  inputOptions
	output outputOptions
	target targetOptions
}

func (o *checkOptions) run(ctx context.Context, c console, file string) error {
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	warnAll(c.say, file, j.sheet.Unit, j.plan.Warnings())
	if err := distinct(j.roles(o.target.journal, o.output.paths(j, checkMark))); err != nil {
		return err
	}
	journal, listing, err := o.target.look(ctx, c, file, o.input.company)
	if err != nil {
		return err
	}
	defer func() { _ = journal.Close() }()
	judge, err := j.judge(journal, o.judging(j))
	if err != nil {
		return err
	}
	if listing != nil {
		judge.See(listing)
	}
	summary := j.newSummary("check", o.input.company)
	summary.Left = j.left(judge)
	summary.Rate = o.target.rate
	if listing != nil {
		summary.Server = o.target.server
	}
	return o.write(c, j, judge, summary)
}

func (o *checkOptions) judging(j *job) submit.JudgeOptions {
	return submit.JudgeOptions{AcceptRenamed: o.input.accepts(submit.Renamed), Keyed: j.keyed}
}

func (o *checkOptions) write(c console, j *job, judge *submit.Judge, summary *report.Summary) error {
	fix := newFixFile(j)
	defer fix.abort()
	err := j.writeReports(judge, summary, o.output.paths(j, checkMark), func(s *report.Summary) {
		fix.finish(s)
		s.Next, s.Approve = o.next(j, s), o.approve(j, s)
	}, fix.add)
	if err != nil {
		return err
	}
	if err := o.output.print(c, summary, false); err != nil {
		return err
	}
	return j.status(summary)
}
