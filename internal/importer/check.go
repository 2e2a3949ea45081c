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

// Check judges every row by the journals, and where a server is named by its
// lists of offices too, and writes the reports. It sends nothing.
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
	judges, err := f.judges(all, f.judging(false), listed)
	if err == nil && listed {
		err = all.list(ctx, &o.Target, judges)
	}
	if err != nil {
		return nil, err
	}
	summary := f.newSummary("check", all)
	summary.Left = f.left(all, judges)
	summary.Server, summary.Rate = o.Server.Label, o.Rate
	fix := f.newFix(o.State)
	defer fix.Abort()
	return summary, f.writeReports(judges.judge, summary, o.Reports, func(s *report.Summary) {
		fix.Finish(s)
		o.Complete(s, nil)
	}, fix.Add)
}

// list takes the list of offices of each company.
func (all companyRuns) list(ctx context.Context, t *Target, judges judges) error {
	key, err := t.Key()
	if err != nil {
		return err
	}
	lists, ctx := errgroup.WithContext(ctx)
	lists.SetLimit(sideBySide)
	for _, c := range all {
		lists.Go(func() error { return all.in(c, t.list(ctx, key, c.company, judges[c.company])) })
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
