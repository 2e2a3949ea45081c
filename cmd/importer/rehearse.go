package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
)

// A rehearsal is shorter than a run: the stand-in answers quickly, and the
// offices that it shows late are there within a second.
const (
	rehearsalTimeout = 2 * time.Second
	rehearsalSettle  = 3 * time.Second
)

type rehearseOptions struct {
	run  runOptions
	seed uint64
}

func newRehearse(c console) *cobra.Command {
	var o rehearseOptions
	command := &cobra.Command{
		Use:   "rehearse FILE",
		Short: "The same run against the built-in stand-in, with faults, and a verdict",
		Long: `Rehearse runs a file through the same code as run, but against a stand-in for
the API on this machine that fails now and then as networks and servers do. It
then says from the stand-in's own books whether any office was created twice or
lost. No account and no key are needed; nothing leaves this machine. Its journal
and report are its own: a real run never reads them.`,
		Example: "  importer rehearse samples/offices.xlsx",
		Args:    oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.rehearse(cmd.Context(), c, args[0])
		},
	}
	o.run.input.flags(command)
	o.run.output.flags(command, rehearsalMark)
	o.run.send.flags(command, rehearsalSettle)
	f := command.Flags()
	f.IntVar(&o.run.target.rate, "rate", maxRate, "calls a minute, at most 1200")
	f.DurationVar(&o.run.target.timeout, "timeout", rehearsalTimeout, "of one call; shorter than in a run")
	f.Uint64Var(&o.seed, "seed", 1, "of the faults: the same seed, the same faults")
	return command
}

func (o *rehearseOptions) rehearse(ctx context.Context, c console, file string) error {
	if err := errors.Join(o.run.target.check(), o.run.send.check()); err != nil {
		return err
	}
	j, err := openJob(file, &o.run.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	warnAll(c.say, file, j.sheet.Unit, j.plan.Warnings())
	standIn := simulator.New(simulator.Realistic(o.seed))
	if err := standIn.Listen("127.0.0.1:0"); err != nil {
		return fmt.Errorf("the stand-in can't be served: %w", err)
	}
	defer func() { _ = standIn.Close() }()
	reported := createdIDs{}
	summary, err := o.perform(ctx, c, j, standIn, reported)
	if summary == nil {
		return err
	}
	_ = standIn.Close() // its books are closed
	v := judgeRehearsal(reported, standIn.Truth(), duration(summary.Count(office.Created), o.run.target.rate))
	if e := o.run.output.printRehearsal(c, summary, v); e != nil {
		return errors.Join(err, e)
	}
	return cmp.Or(err, v.err(), j.status(summary))
}

// perform is the run: the same session as that of `importer run`. The summary
// is there also where the run was stopped, which the error tells.
func (o *rehearseOptions) perform(ctx context.Context, c console, j *job, standIn *simulator.Server, reported createdIDs) (*report.Summary, error) {
	u, err := url.Parse(standIn.URL())
	if err != nil {
		return nil, err
	}
	to := server{u, "the stand-in"}
	lanes, err := rehearsalLanes(j, to)
	if err != nil {
		return nil, err
	}
	if err := distinct(j.roles(lanes, o.run.output.paths(j, rehearsalMark))); err != nil {
		return nil, err
	}
	defer func() { _ = lanes.close() }()
	if err := lanes.begin(ctx, c, &o.run.target); err != nil {
		return nil, err
	}
	forecast, err := j.forecast(lanes, o.run.judging(j), o.run.send.first, nil)
	if err != nil {
		return nil, err
	}
	ready := forecast.Count(office.Ready)
	if !o.run.output.quiet && !c.say.structured {
		fmt.Fprintf(c.err, "Rehearsing %s against the stand-in on a bad day (seed %d; --timeout %s and --settle %s: shorter than in a run).\n",
			report.Counted(ready, "office"), o.seed, o.run.target.timeout, o.run.send.settle)
	}
	s := o.run.session(c, j, to, api.NewSecret("rehearsal"), lanes)
	s.verb = "rehearse"
	defer lanes.disconnect()
	stopped := s.send(ctx, ready)
	summary, err := s.report(o.run.output.paths(j, rehearsalMark), func(summary *report.Summary) {
		if stopped != nil {
			summary.Stopped = stopped.Error()
		}
	}, reported.add)
	return summary, errors.Join(stopped, err)
}

// rehearsalLanes have journals of their own.
func rehearsalLanes(j *job, to server) (all lanes, err error) {
	companies, err := j.companies(to)
	for _, company := range companies {
		all = append(all, &lane{company: company, to: to, header: j.header(to, company), path: namedJournal(ownStem(j.file), "rehearsal", company)})
	}
	return all, err
}

// begin opens journals anew: each rehearsal has a new stand-in.
func (all lanes) begin(ctx context.Context, c console, o *targetOptions) error {
	for _, l := range all {
		if err := os.Remove(l.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return all.open(ctx, c, "rehearse", o)
}
