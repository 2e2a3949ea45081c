package importer

import (
	"context"
	"errors"
	"strings"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Run is an import under way. While it is open, no other run for its companies
// can be on this host. Close it. Not for concurrent use.
type Run struct {
	file      *File
	options   Options
	verb      string // what the reports call it
	key       api.Secret
	companies companyRuns
	opened    bool // for sending
	forecast  *Forecast
	canary    Canary // the only rows to send; nil: all
}

// Result is what came of a pass.
type Result struct {
	*report.Summary
	Stopped   error             // why the run ended before its end: a *submit.StopError; nil: it did not
	NeedsLook bool              // a person must look at what the lists of offices say
	Effort    map[string]Effort // by company
	Rest      int               // rows that only a further Send will send, after a canary
}

// Effort is what a run took for a company.
type Effort struct {
	limit.Traffic
	Settled int // rows that were in doubt
}

// Start makes sure that a run can be remembered and reported, takes the locks
// of the companies, and judges every row by the journals: nothing is sent. A
// Run that is returned has to be closed, even with an error.
func (f *File) Start(ctx context.Context, o Options) (*Run, error) {
	o.complete()
	f.warn(o.Log)
	o.Reports = f.reports(o.Reports, ".report")
	r := &Run{file: f, options: o, verb: "run"}
	var err error
	if r.companies, err = f.companyRuns(o.Server, o.Journal); err != nil {
		return nil, err
	}
	if err := distinct(append(f.roles(r.companies, o.Reports), o.Files...)); err != nil {
		return nil, err
	}
	if err := canReport(o.Reports, f.workbook()); err != nil {
		return nil, err
	}
	if r.key, err = o.Key(); err != nil {
		return nil, err
	}
	if err := r.companies.lockAll(ctx, f, &o); err != nil {
		return r, err
	}
	r.forecast, err = f.forecast(r.companies, &o.Sending)
	if err == nil {
		r.canary = r.forecast.Canary
	}
	return r, err
}

// Forecast is what the run will do.
func (r *Run) Forecast() *Forecast { return r.forecast }

func (r *Run) confirm() error {
	if r.options.Confirm == nil {
		return nil
	}
	return r.options.Confirm(r.file, r.forecast)
}

// goOn says whether the rest is to be sent after the canary.
func (r *Run) goOn(result *Result) bool {
	if result.Rest == 0 || r.options.GoOn == nil || !r.options.GoOn(result) {
		return false
	}
	r.canary = nil
	return true
}

// Send creates what is missing, if there is anything to send or to settle, and
// writes the reports, whatever happened to the sending: what was not sent is
// pending. After a canary it may be called once more, for the rest. The error
// is why nothing was sent, or why there is no report.
func (r *Run) Send(ctx context.Context) (*Result, error) {
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	rows := r.forecast.Count(office.Ready)
	rest := rows - len(r.canary)
	if r.canary != nil {
		rows = len(r.canary)
	} else {
		rest = 0
	}
	stopped := r.send(ctx, rows)
	result := &Result{Stopped: stopped, NeedsLook: r.companies.needLook(), Effort: r.companies.efforts(), Rest: rest}
	fix := r.file.newFix(r.options.State)
	defer fix.Abort()
	summary, err := r.report(func(summary *report.Summary) {
		r.companies.tell(summary)
		fix.Finish(summary)
		if stopped != nil {
			summary.Stopped = strings.ReplaceAll(stopped.Error(), "\n", "; ")
		}
		r.options.Complete(summary, stopped)
	}, fix.Add)
	if err != nil {
		return result, errors.Join(stopped, r.unreported(err))
	}
	result.Summary = summary
	return result, r.options.Written(result)
}

// open opens the journals to write, once.
func (r *Run) open(ctx context.Context) error {
	if r.opened {
		return nil
	}
	if err := r.companies.openAll(ctx, r.verb, &r.options); err != nil {
		return err
	}
	r.companies.connect(&r.options.Target, r.key)
	r.opened = true
	return nil
}

// Close gives everything back, and lets the next run in.
func (r *Run) Close() error {
	if r.opened {
		r.companies.settled()
	}
	r.companies.disconnect()
	return errors.Join(unfinished(r.companies.close()), unfinished(r.companies.release()))
}

// report writes the reports of a run from the journals, whatever happened to
// the sending.
func (r *Run) report(complete func(*report.Summary), sinks ...sink) (*report.Summary, error) {
	// What RetryRefused asked of this run is done: by now refused is refused.
	judges, err := r.file.judges(r.companies, r.file.judging(false), true)
	if err != nil {
		return nil, err
	}
	summary := r.file.newSummary(r.verb, r.companies)
	summary.Server, summary.Rate = r.options.Server.Label, r.options.Rate
	r.companies.remember(summary)
	summary.Left = r.file.left(r.companies, judges)
	return summary, r.file.writeReports(judges.afterRun, summary, r.options.Reports, complete, sinks...)
}

// submitOptions are those of each company, but for what is the company's own.
func (r *Run) submitOptions() submit.Options {
	o := &r.options
	failures := 0
	if o.MaxFailures != nil {
		failures = o.MaxFailures(r.forecast.Valid)
	}
	return submit.Options{JudgeOptions: r.file.judging(o.RetryRefused), Workers: o.Workers, Timeout: o.Timeout, Settle: o.Settle,
		Failures: submit.NewFailures(failures), Since: time.Now()} // what earlier runs left is settled from here
}

// Report writes the reports of a file again from its journals, without sending.
func (f *File) Report(o Options) (*report.Summary, error) {
	o.complete()
	o.Reports = f.reports(o.Reports, ".report")
	r := &Run{file: f, options: o, verb: "report"}
	var err error
	if r.companies, err = f.companyRuns(o.Server, o.Journal); err != nil {
		return nil, err
	}
	if err := distinct(f.roles(r.companies, o.Reports)); err != nil {
		return nil, err
	}
	defer func() { _ = r.companies.close() }() // they were only read
	if err := r.companies.read(o.Log); err != nil {
		return nil, journalError(err)
	}
	return r.report(func(s *report.Summary) { o.Complete(s, nil) })
}

// reasonOf is why a run was stopped; empty where it was not.
func reasonOf(err error) submit.StopReason {
	var stop *submit.StopError
	if errors.As(err, &stop) {
		return stop.Reason
	}
	return ""
}
