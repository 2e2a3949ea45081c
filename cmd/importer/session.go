package main

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/journal"
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
	console     console
	verb        string // the subcommand
	job         *job
	lanes       lanes
	options     submit.Options // of each lane, but for what is the lane's own
	to          server
	rate        int   // calls a minute
	maxFailures int   // of all companies together; 0: no bound
	trial       trial // the only rows to send; nil: all
	verify      bool
}

// send creates the offices that are to be created. The error has a
// *submit.StopError where the run ended before its end.
func (s *session) send(ctx context.Context, ready int) error {
	progress := newProgress(s.console, ready)
	s.options.Since = time.Now() // what earlier runs left is settled from here
	s.options.Failures = submit.NewFailures(s.maxFailures)
	var busy lanes
	for _, l := range s.lanes {
		if err := s.prepare(l, progress); err != nil {
			return s.lanes.in(l, err)
		}
		if l.ready > 0 || l.submitter.Unfinished() {
			busy = append(busy, l)
		}
	}
	s.sendAll(ctx, busy, progress)
	err := s.lanes.ended()
	if err == nil && s.trial != nil {
		err = s.trial.tried()
	}
	return err
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
	judges, err := s.job.judges(s.lanes, options)
	if err != nil {
		return nil, err
	}
	summary := s.job.newSummary(s.verb, s.lanes)
	summary.Server, summary.Rate = s.to.label, s.rate
	s.lanes.remember(summary)
	summary.Left = s.job.left(s.lanes, judges)
	return summary, s.job.writeReports(afterRun{judges}, summary, paths, complete, sinks...)
}

// afterRun judges rows once the sending is over: what would be sent is pending.
type afterRun struct{ judges judges }

func (a afterRun) Judge(r *office.Request) (office.Result, error) {
	result, err := a.judges.Judge(r)
	if result.Outcome == office.Ready {
		result.Outcome = office.Pending
	}
	return result, err
}

func (j *job) header(s server, company string) journal.Header {
	return journal.Header{Server: s.url.String(), Company: company, Input: j.file, InputSHA256: hex.EncodeToString(j.sheet.SHA256[:])}
}

// readJournal reads a journal without changing it; one that isn't there is
// empty. A header without a server takes any journal.
func readJournal(path string, h journal.Header) (*journal.Journal, error) {
	if path == "" {
		return new(journal.Journal), nil
	}
	kept, err := journal.Read(path)
	if errors.Is(err, os.ErrNotExist) {
		return new(journal.Journal), nil
	}
	if err != nil || h.Server == "" {
		return kept, err
	}
	if err := kept.BelongsTo(h); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return kept, nil
}

// duration is how long sending takes at the limit.
func duration(rows, rate int) time.Duration {
	return (time.Duration(rows) * time.Minute / time.Duration(rate)).Round(time.Second)
}
