package main

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/notify"
	"officeimporter/internal/report"
	"officeimporter/internal/submit/api"
)

type runOptions struct {
	fileOptions
	output   outputOptions
	send     sendOptions
	guard    guardOptions
	approval approval
	yes      bool
	wait     time.Duration // for another run of the company to end
	webhook  string
	metrics  promFile

	result *importer.Result // nil until the run has one
}

func newRun(c console) *cobra.Command {
	var o runOptions
	command := &cobra.Command{
		Use:   "run FILE --server SERVER",
		Short: "Check, then create what is missing; run again to go on",
		Long: `Run checks a file, shows what it will do, asks, and creates the offices that
are missing. What it sends stands in a journal beside the file before it
leaves, so that running again goes on where it stopped, after whatever
happened, and creates nothing twice.

An office costs money and can't be deleted through the API.`,
		Example: "  importer run offices.xlsx --server production\n  importer run offices.xlsx --server production --plan 3f9a-c21b-77e0 --yes",
		Args:    oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			began := time.Now()
			err := o.run(cmd.Context(), c, args[0])
			o.metrics.measure(c.log, o.measured(args[0], began, err))
			announce(c, o.webhook, args[0], o.summary(), err)
			return err
		},
	}
	o.input.flags(command)
	o.output.flags(command, runMark)
	o.target.flags(command, "")
	o.send.flags(command, 45*time.Second)
	o.guard.flags(command)
	o.approval.flags(command)
	command.Flags().StringVar(&o.webhook, "notify", "", "`URL` of a webhook that is told how the run has ended, as JSON with a text for chat programs; better named by IMPORTER_NOTIFY, as it is a secret")
	command.Flags().Var(&o.metrics, "metrics", "how the run has ended, in numbers, for the text-file collector of Prometheus; one file for each input")
	command.Flags().DurationVar(&o.target.grace, "grace", 25*time.Second, "after Ctrl-C or SIGTERM, how long answers are still awaited; what has none by then is settled by the next run")
	command.Flags().DurationVar(&o.wait, "wait", 0, "so long for another run of this company to end, such as 30m, before giving up (exit 2)")
	command.Flags().BoolVar(&o.yes, "yes", false, "don't ask")
	return command
}

func (o *runOptions) check() error {
	if o.target.server == "" {
		return fail("usage", "importer run FILE --server production", "no --server: nothing is sent unasked")
	}
	var webhook error
	if o.webhook != "" {
		_, webhook = notify.Parse(o.webhook)
	}
	return errors.Join(o.target.check(), o.send.check(), o.guard.check(&o.send), webhook)
}

func (o *runOptions) run(ctx context.Context, c console, path string) error {
	if err := o.check(); err != nil {
		return err
	}
	target, err := o.target.target()
	if err != nil {
		return err
	}
	if err := o.input.parse(); err != nil {
		return err
	}
	o.result, err = importer.Import(ctx, path, o.input.input, o.options(c, path, target))
	if o.result == nil || o.result.Summary == nil {
		return o.explained(path, err)
	}
	return errors.Join(o.ended(o.result), err)
}

// options returns the flags, and the functions that ask and report during the run.
func (o *runOptions) options(c console, path string, target importer.Target) importer.Options {
	target.Wait = o.wait
	target.Key = func() (api.Secret, error) { return apiKey(c, target.Server) }
	sending := o.send.sending()
	sending.Canary, sending.Verify = o.guard.canary, o.guard.verify
	bar := &progress{console: c}
	return importer.Options{Target: target, Sending: sending, Reports: o.output.asked(),
		Files: []importer.Role{{Name: "the metrics file", Path: string(o.metrics)}},
		Callbacks: importer.Callbacks{Log: c.log.Logger, Progress: bar.watch, Say: bar.sayAbout,
			Confirm: func(f *importer.File, forecast *importer.Forecast) error {
				return o.confirm(c, f, target.Server, forecast)
			},
			GoOn:     func(r *importer.Result) bool { return o.goOn(c, r.Rest) },
			Complete: func(s *report.Summary, stopped error) { s.Next = o.next(path, s, stopped) },
			Written:  func(r *importer.Result) error { return o.written(c, r) },
			Again:    func(journal string) string { return o.input.of(path).again(target.Server, journal) },
		}}
}

// written prints the summary once the reports are written.
func (o *runOptions) written(c console, r *importer.Result) error {
	if err := o.output.print(c, r.Summary, r.NeedsLook); err != nil {
		return err
	}
	logCompanies(c.log, r.Summary)
	c.log.event("end", append(endOf(r.Summary), "exit", exitStatus(o.ended(r)))...)
	return nil
}

// ended returns how a run ended, as an error with an exit status; nil is 0.
func (o *runOptions) ended(r *importer.Result) error {
	var look error
	if r.NeedsLook {
		look = statusError(exitPerson)
	}
	return cmp.Or(r.Stopped, statusOf(r.Summary), look)
}

func (o *runOptions) summary() *report.Summary {
	if o.result == nil {
		return nil
	}
	return o.result.Summary
}
