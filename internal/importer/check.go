package importer

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Check maps and validates every row, compares it with the journals and, if a server is given, with its lists of
// offices, and writes the reports. It sends nothing.
func (f *File) Check(ctx context.Context, o Options) (*report.Summary, error) {
	o.complete()
	f.warn(o.Log)
	o.Reports = f.reports(o.Reports, ".check")
	all, err := f.companyRuns(o.Server, o.Journal)
	if err != nil {
		return nil, err
	}
	if err := distinct(f.roles(all, o.Reports)); err != nil {
		return nil, err
	}
	defer func() { _ = all.close() }() // they were only read
	if err := all.read(o.Log); err != nil {
		return nil, err
	}
	listed := o.Server.URL != nil
	judges, err := f.judgesFor(all, f.judging(false), listed)
	if err == nil && listed {
		err = all.list(ctx, &o.Target, judges)
	}
	if err != nil {
		return nil, err
	}
	summary := f.newSummary("check", all)
	summary.Left = f.goneRows(all, judges)
	summary.Server, summary.Rate = o.Server.Label, o.Rate
	fix := f.newFix(o.State)
	defer fix.Abort()
	return summary, f.writeReports(judges.judge, summary, o.Reports, func(s *report.Summary) {
		fix.Finish(s)
		o.Complete(s, nil)
	}, fix.Add)
}

// list gets the list of offices of each company.
func (all companyRuns) list(ctx context.Context, t *Target, judges companyJudges) error {
	key, err := t.Key()
	if err != nil {
		return err
	}
	lists, ctx := errgroup.WithContext(ctx)
	lists.SetLimit(maxParallelCompanies)
	for _, c := range all {
		lists.Go(func() error { return all.wrap(c, t.list(ctx, key, c.company, judges[c.company])) })
	}
	return lists.Wait()
}

func (t *Target) list(ctx context.Context, key api.Secret, company string, judge *submit.Judge) error {
	client := t.client(key, company, limit.New(t.Rate, time.Minute))
	defer client.Close()
	listing, err := client.List(ctx)
	var failed *api.ListError
	if errors.As(err, &failed) {
		return submit.NoList(failed)
	}
	if err == nil {
		judge.See(listing)
	}
	return err
}

// Report writes the reports of a file again, from its journals. It sends nothing.
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
