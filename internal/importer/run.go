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

// Run is an import under way. It keeps out other runs for its companies on this host. The caller must close it. Not
// for concurrent use.
type Run struct {
	file      *File
	options   Options
	verb      string // the command, for reports
	key       api.Secret
	companies companyRuns
	opened    bool // the journals are open for writing
	forecast  *Forecast
	canary    Canary // the only rows to send; nil: all
}

// Result is what became of a pass.
type Result struct {
	*report.Summary
	Stopped   error             // why the run stopped early: a *submit.StopError; nil if it did not
	NeedsLook bool              // a person must look into what the lists of offices say
	Effort    map[string]Effort // by company
	Rest      int               // rows left for another Send, after a canary
}

// Effort is what a run did for a company: its calls, and its rows in doubt.
type Effort struct {
	limit.Traffic
	Settled int // rows that were in doubt
}

// Start checks that reports can be written, takes the locks of the companies, and judges every row by the journals.
// It sends nothing. The caller must close the Run if it is not nil, even if there is an error.
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

// Forecast returns what the run will do.
func (r *Run) Forecast() *Forecast { return r.forecast }

func (r *Run) confirm() error {
	if r.options.Confirm == nil {
		return nil
	}
	return r.options.Confirm(r.file, r.forecast)
}

// goOn asks whether to send the rest after the canary.
func (r *Run) goOn(result *Result) bool {
	if result.Rest == 0 || r.options.GoOn == nil || !r.options.GoOn(result) {
		return false
	}
	r.canary = nil
	return true
}

// Send sends and settles rows, and then writes the reports even if sending failed: rows that were not sent are
// pending. After a canary it may be called once more, for the rest. The error says why nothing was sent, or why there
// is no report.
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
		r.companies.addResults(summary)
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

// open opens the journals for writing, unless that was done before.
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

// Close closes the journals and releases the locks.
func (r *Run) Close() error {
	if r.opened {
		r.companies.noteUnsettled()
	}
	r.companies.disconnect()
	return errors.Join(closeError(r.companies.close()), closeError(r.companies.release()))
}

// report writes the reports from the journals.
func (r *Run) report(complete func(*report.Summary), sinks ...sink) (*report.Summary, error) {
	// RetryRefused was for sending: a row that is refused by now is refused.
	judges, err := r.file.judgesFor(r.companies, r.file.judging(false), true)
	if err != nil {
		return nil, err
	}
	summary := r.file.newSummary(r.verb, r.companies)
	summary.Server, summary.Rate = r.options.Server.Label, r.options.Rate
	r.companies.addJournals(summary)
	summary.Left = r.file.goneRows(r.companies, judges)
	return summary, r.file.writeReports(judges.afterRun, summary, r.options.Reports, complete, sinks...)
}

// submitOptions returns the options that all companies share.
func (r *Run) submitOptions() submit.Options {
	o := &r.options
	failures := 0
	if o.MaxFailures != nil {
		failures = o.MaxFailures(r.forecast.Valid)
	}
	return submit.Options{JudgeOptions: r.file.judging(o.RetryRefused), Workers: o.Workers, Timeout: o.Timeout, Settle: o.Settle,
		Failures: submit.NewFailures(failures), Since: time.Now()} // the settle window of rows left by earlier runs starts now
}
