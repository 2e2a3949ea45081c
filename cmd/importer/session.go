package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// sendOptions say how rows are sent, beside where to.
type sendOptions struct {
	workers      int
	settle       time.Duration
	retryRefused bool
	first        int
	maxFailures  failures
}

func (o *sendOptions) flags(c *cobra.Command, settle time.Duration) {
	f := c.Flags()
	f.IntVar(&o.workers, "workers", 64, "calls in flight at once")
	f.DurationVar(&o.settle, "settle", settle, "an office that a call made is in the list by then")
	f.BoolVar(&o.retryRefused, "retry-refused", false, "send refused rows again although they are unchanged")
	f.IntVar(&o.first, "first", 0, "send the first `N` pending rows, then stop (exit 3)")
	f.Var(&o.maxFailures, "max-failures", "stop after so many refused rows: `N` or N%")
}

func (o *sendOptions) check() error {
	if o.workers < 1 || o.workers > 1000 {
		return fail("usage", "--workers 64", "--workers %d: 1 to 1000", o.workers)
	}
	if o.settle < 0 || o.first < 0 {
		return fail("usage", "", "--settle and --first can't be negative")
	}
	return nil
}

// session is one run of a job against one server: what `run` and `rehearse` share.
type session struct {
	console    console
	verb       string // the subcommand
	job        *job
	connection connection
	journal    memory
	options    submit.Options
	label      string // of the server
	company    string
	rate       int   // calls a minute
	created    int   // offices, so far
	trial      trial // the only rows to send; nil: all
	verify     bool
}

// send creates the offices that are to be created. The error is a
// *submit.StopError where the run ended before its end.
func (s *session) send(ctx context.Context, ready int) (found findings, err error) {
	progress := newProgress(s.console, ready)
	s.options.Say = progress.say
	s.options.Since = time.Now() // what earlier runs left is settled from here
	submitter, err := submit.New(s.connection.client, s.connection.limiter, logged(s.journal, s.console.say), s.job.plan, s.options)
	if err != nil {
		return findings{}, err
	}
	found.unit = s.job.sheet.Unit
	if ready == 0 && !submitter.Unfinished() {
		return found, nil
	}
	defer progress.watch(submitter.Progress)()
	defer func() {
		s.created += submitter.Progress().Created
		found.created = s.created
	}()
	requests := s.job.plan.Requests()
	if s.trial != nil {
		requests = s.trial.only(requests)
	}
	found.surplus, err = submitter.Run(ctx, requests)
	found.settled = submitter.Progress().Settled
	if s.verify && (err == nil || stoppedEarly(err)) {
		found.sum, found.unverified = submitter.Verify(ctx)
	}
	if err == nil && s.trial != nil {
		err = s.trial.tried()
	}
	return found, err
}

// stoppedEarly says that a run ended where it was told to.
func stoppedEarly(err error) bool {
	var stop *submit.StopError
	return errors.As(err, &stop) && stop.Reason == submit.StopFirst
}

// report writes the reports of a run from the journal, whatever happened to
// the sending: what was not sent is pending.
func (s *session) report(paths []reportPath, complete func(*report.Summary), sinks ...func(office.Result) error) (*report.Summary, error) {
	options := s.options.JudgeOptions
	options.RetryRefused = false // what was asked of this run is done: by now refused is refused
	judge, err := s.job.judge(s.journal, options)
	if err != nil {
		return nil, err
	}
	summary := s.job.newSummary(s.verb, s.company)
	summary.Server, summary.Journal, summary.Rate = s.label, s.journal.Path(), s.rate
	summary.Left = s.job.left(judge)
	return summary, s.job.writeReports(afterRun{judge}, summary, paths, complete, sinks...)
}

// afterRun judges rows once the sending is over: what would be sent is pending.
type afterRun struct{ judge *submit.Judge }

func (a afterRun) Judge(r *office.Request) (office.Result, error) {
	result, err := a.judge.Judge(r)
	if result.Outcome == office.Ready {
		result.Outcome = office.Pending
	}
	return result, err
}

func (j *job) header(s server, company string) report.Header {
	return report.Header{Server: s.url.String(), Company: company, Input: j.file, InputSHA256: hex.EncodeToString(j.sheet.SHA256[:])}
}

// readJournal reads a journal without changing it; one that isn't there is
// empty. A header without a server takes any journal.
func readJournal(path string, h report.Header) (*report.Journal, error) {
	if path == "" {
		return new(report.Journal), nil
	}
	journal, err := report.ReadJournal(path)
	if errors.Is(err, os.ErrNotExist) {
		return new(report.Journal), nil
	}
	if err != nil || h.Server == "" {
		return journal, err
	}
	if err := journal.BelongsTo(h); err != nil {
		return nil, errors.Join(err, journal.Close())
	}
	return journal, nil
}

// duration is how long sending takes at the limit.
func duration(rows, rate int) time.Duration {
	return (time.Duration(rows) * time.Minute / time.Duration(rate)).Round(time.Second)
}

func spell(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", int(max(d, time.Second).Seconds()))
	}
	return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
}
