package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
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
	lanes, err := j.lanes(&o.target)
	if err != nil {
		return err
	}
	if err := distinct(j.roles(lanes, o.output.paths(j, checkMark))); err != nil {
		return err
	}
	defer func() { _ = lanes.close() }()
	if err := errors.Join(o.target.check(), lanes.read(c.say)); err != nil {
		return err
	}
	judges, err := j.judges(lanes, o.judging(j))
	if err != nil {
		return err
	}
	if err := o.look(ctx, c, lanes, judges); err != nil {
		return err
	}
	summary := j.newSummary("check", lanes)
	summary.Left = j.left(lanes, judges)
	summary.Rate = o.target.rate
	summary.Server = o.target.server
	return o.write(c, j, judges, summary)
}

// look takes the list of offices of each company where a server is named.
func (o *checkOptions) look(ctx context.Context, c console, all lanes, judges judges) error {
	if o.target.server == "" {
		return nil
	}
	to, err := parseServer(o.target.server)
	if err != nil {
		return err
	}
	key, err := apiKey(c, to)
	if err != nil {
		return err
	}
	lists, ctx := errgroup.WithContext(ctx)
	lists.SetLimit(sideBySide)
	for _, l := range all {
		lists.Go(func() error { return all.in(l, o.list(ctx, to, key, l.company, judges[l.company])) })
	}
	return lists.Wait()
}

func (o *checkOptions) list(ctx context.Context, to server, key api.Secret, company string, judge *submit.Judge) error {
	connection := o.target.connect(to, key, company, limit.New(o.target.rate, time.Minute))
	defer connection.client.Close()
	listing, err := connection.client.List(ctx)
	var failed *api.ListError
	if errors.As(err, &failed) {
		return submit.NoList(failed)
	}
	if err == nil {
		judge.See(listing)
	}
	return err
}

func (o *checkOptions) judging(j *job) submit.JudgeOptions {
	return submit.JudgeOptions{AcceptRenamed: o.input.accepts(submit.Renamed), Keyed: j.keyed}
}

func (o *checkOptions) write(c console, j *job, judges judges, summary *report.Summary) error {
	fix := j.newFixFile()
	defer fix.Abort()
	err := j.writeReports(judges, summary, o.output.paths(j, checkMark), func(s *report.Summary) {
		fix.Finish(s)
		s.Next, s.Approve = o.next(j, s), o.approve(j, s)
	}, fix.Add)
	if err != nil {
		return err
	}
	if err := o.output.print(c, summary, false); err != nil {
		return err
	}
	return j.status(summary)
}
