package importer

import (
	"context"
	"iter"
	"sync"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// maxParallelCompanies is how many companies are sent to at once. Each has a limit of its own, but they share this
// machine and its connection.
const maxParallelCompanies = 8

// send sends the rows of all companies. The error has a *submit.StopError if the run stopped early.
func (r *Run) send(ctx context.Context, rows int) error {
	options := r.submitOptions()
	var busy companyRuns
	for _, c := range r.companies {
		if err := r.prepare(c, options); err != nil {
			return r.companies.wrap(c, err)
		}
		if c.ready > 0 || c.submitter.Unfinished() {
			busy = append(busy, c)
		}
	}
	r.sendAll(ctx, busy, rows)
	err := r.companies.stopReason()
	if err == nil && r.canary != nil {
		err = r.canary.tried()
	}
	return err
}

func (r *Run) prepare(c *companyRun, o submit.Options) (err error) {
	name := r.companies.name(c)
	o.Say = func(message string) { r.options.Say(name, message) }
	if c.lock != nil && c.lock.JournalGone {
		o.WaitFirst = o.Settle + o.Timeout
	}
	o.First, o.Poll = c.first, poll(c.journal)
	c.found = findings{company: name, unit: r.file.sheet.Unit, created: c.found.created}
	c.stopped = nil
	if c.ready == 0 && c.held > 0 {
		c.stopped = submit.FirstReached()
	}
	rows, err := r.file.survey()
	if err != nil {
		return err
	}
	c.submitter, err = submit.New(c.client, c.limiter, logged(c.journal, r.options.Log), rows.Of(c.company), o)
	return err
}

// sendAll sends to several companies at once. If one stops, the others go on, unless they would stop for the same
// reason.
func (r *Run) sendAll(ctx context.Context, busy companyRuns, rows int) {
	if len(busy) == 0 {
		return
	}
	defer r.options.Progress(rows, busy.progress)()
	ctx, halt := context.WithCancelCause(ctx)
	defer halt(nil)
	requests, wait := r.requests(ctx, busy)
	defer wait()
	var group errgroup.Group
	group.SetLimit(maxParallelCompanies)
	for _, c := range busy {
		group.Go(func() error {
			c.stopped = c.haltedBy(ctx, r.sendOne(ctx, c, requests(c)))
			if stopsAll(c.stopped) {
				halt(&haltError{c.company})
			}
			return nil // an error would end the others
		})
	}
	_ = group.Wait()
}

// requests returns the requests of each company, all from one pass over the file. The caller calls wait, for that
// pass to end.
func (r *Run) requests(ctx context.Context, busy companyRuns) (of func(*companyRun) iter.Seq2[*office.Request, error], wait func()) {
	all := r.file.rows.Only(func(row int) bool { return busy.want(row) })
	if r.canary != nil {
		all = r.canary.only(all)
	}
	if len(busy) == 1 {
		return func(*companyRun) iter.Seq2[*office.Request, error] { return all }, func() {}
	}
	queues := newQueues(busy)
	var filling sync.WaitGroup
	filling.Go(func() { queues.fill(ctx, all) })
	return func(c *companyRun) iter.Seq2[*office.Request, error] { return queues[c.company].all }, filling.Wait
}

// want reports whether a company has to send or settle the row.
func (all companyRuns) want(row int) bool {
	for _, c := range all {
		if c.open.has(row) {
			return true
		}
	}
	return false
}

func (r *Run) sendOne(ctx context.Context, c *companyRun, requests iter.Seq2[*office.Request, error]) (err error) {
	c.found.surplus, err = c.submitter.Run(ctx, requests)
	progress := c.submitter.Progress()
	c.settled += progress.Settled
	c.found.created += progress.Created
	if r.options.Verify && (err == nil || StoppedAt(err, submit.StopFirst)) {
		c.found.sum, c.found.unverified = c.submitter.Verify(ctx)
	}
	return err
}

func (all companyRuns) progress() (sum submit.Progress) {
	for _, c := range all {
		sum = sum.Plus(c.submitter.Progress())
	}
	return sum
}

func (all companyRuns) efforts() map[string]Effort {
	efforts := make(map[string]Effort, len(all))
	for _, c := range all {
		efforts[c.company] = Effort{c.limiter.Traffic(), c.settled}
	}
	return efforts
}
