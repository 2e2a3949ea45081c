package main

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/notify"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
)

type runOptions struct {
	input  inputOptions
	output outputOptions
	target targetOptions
	send   sendOptions
	yes    bool
	wait   time.Duration // for another run of the company to end
	guard  guardOptions

	approval approval
	webhook  string
	metrics  promFile

	summary *report.Summary   // of the run, once there is one
	efforts map[string]effort // likewise, by company
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
			o.metrics.measure(c.say, o.lastRun(args[0], began, err))
			announce(c, o.webhook, args[0], o.summary, err)
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

// lastRun is what metrics tell of a run that is over.
func (o *runOptions) lastRun(file string, began time.Time, ended error) lastRun {
	return lastRun{labels: labelsOf(file, o.target.server, o.input.company), began: began, ended: time.Now(),
		exit: exitStatus(ended), rate: o.target.rate, summary: o.summary, efforts: o.efforts}
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

func (o *runOptions) run(ctx context.Context, c console, file string) error {
	if err := o.check(); err != nil {
		return err
	}
	to, err := parseServer(o.target.server)
	if err != nil {
		return err
	}
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	warnAll(c.say, file, j.sheet.Unit, j.plan.Warnings())
	paths := o.output.paths(j, runMark)
	lanes, err := j.lanes(&o.target)
	if err != nil {
		return err
	}
	if err := distinct(append(j.roles(lanes, paths), role{"the metrics file", string(o.metrics)})); err != nil {
		return err
	}
	if err := canReport(paths, j.ownWorkbook()); err != nil {
		return err
	}
	key, err := apiKey(c, to)
	if err != nil {
		return err
	}
	return o.locked(ctx, c, j, lanes, to, key)
}

// locked is a run while no other run for its companies can be under way.
func (o *runOptions) locked(ctx context.Context, c console, j *job, lanes lanes, to server, key api.Secret) (err error) {
	defer func() { err = errors.Join(err, unfinished(lanes.release())) }()
	defer func() { err = errors.Join(err, unfinished(lanes.close())) }()
	if err := lanes.lock(ctx, c.say, o.wait, j); err != nil {
		return err
	}
	forecast, trial, err := o.forecast(c, j, lanes)
	if err != nil {
		return err
	}
	if err := o.confirm(c, j, lanes, to, forecast, trial); err != nil {
		return err
	}
	if err := lanes.open(ctx, c, "run", &o.target); err != nil {
		return err
	}
	s := o.session(c, j, to, key, lanes)
	s.trial = trial
	defer lanes.disconnect()
	defer lanes.settled()
	ready := forecast.Count(office.Ready)
	err = s.finish(ctx, o, cmp.Or(len(trial), ready))
	if o.goOn(c, err, ready-len(trial)) {
		s.trial = nil
		err = s.finish(ctx, o, ready-len(trial))
	}
	return err
}

// session puts together what sends.
func (o *runOptions) session(c console, j *job, to server, key api.Secret, lanes lanes) *session {
	options := submit.Options{JudgeOptions: o.judging(j), Workers: o.send.workers, Timeout: o.target.timeout, Settle: o.send.settle}
	for _, l := range lanes {
		l.connection = o.target.connect(to, key, l.company, l.limiter)
	}
	return &session{console: c, verb: "run", job: j, lanes: lanes, options: options, to: to, rate: o.target.rate,
		maxFailures: o.send.maxFailures.of(j.plan.Valid()), verify: o.guard.verify}
}

func (o *runOptions) judging(j *job) submit.JudgeOptions {
	return submit.JudgeOptions{AcceptRenamed: o.input.accepts(submit.Renamed), RetryRefused: o.send.retryRefused, Keyed: j.keyed}
}

// finish sends if there is anything to send or to settle, and writes the
// reports whatever happened to the sending.
func (s *session) finish(ctx context.Context, o *runOptions, ready int) error {
	stopped := s.send(ctx, ready)
	o.efforts = s.lanes.efforts()
	fix := s.job.newFixFile()
	defer fix.Abort()
	summary, err := s.report(o.output.paths(s.job, runMark), func(summary *report.Summary) {
		s.lanes.tell(summary)
		fix.Finish(summary)
		if stopped != nil {
			summary.Stopped = strings.ReplaceAll(stopped.Error(), "\n", "; ")
		}
		summary.Next = s.next(o, summary, stopped)
	}, fix.Add)
	if err != nil {
		return errors.Join(stopped, s.unreported(err))
	}
	o.summary = summary
	found := s.lanes.status()
	if err := o.output.print(s.console, summary, found != nil); err != nil {
		return errors.Join(stopped, err)
	}
	err = cmp.Or(stopped, s.job.status(summary), found)
	eachCompany(s.console.say, summary)
	s.console.say.event("end", append(endOf(summary), "exit", exitStatus(err))...)
	return err
}

// forecast judges all rows before anything is asked or sent. It also says which
// rows to try first.
func (o *runOptions) forecast(c console, j *job, lanes lanes) (summary *report.Summary, try trial, err error) {
	var cover *office.Cover
	if o.guard.canary {
		cover = new(office.Cover)
	}
	if summary, err = j.forecast(lanes, o.judging(j), o.send.first, cover); err != nil {
		return nil, nil, err
	}
	if !o.approval.covers(summary.Plan) {
		err = o.approval.refuse(c, j)
	}
	if cover != nil && len(cover.Pick()) > 0 { // else all has been tried
		try = cover.Pick()
	}
	return summary, try, err
}
