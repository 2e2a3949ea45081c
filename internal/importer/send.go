package importer

import (
	"context"
	"errors"
	"iter"
	"sync"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// sideBySide is how many companies are sent to at once: each has a limit of
// its own, and this machine has one processor and one line for all.
const sideBySide = 8

// send creates the offices that are to be created. The error has a
// *submit.StopError where the run ended before its end.
func (r *Run) send(ctx context.Context, rows int) error {
	options := r.submitOptions()
	var busy companyRuns
	for _, c := range r.companies {
		if err := r.prepare(c, options); err != nil {
			return r.companies.in(c, err)
		}
		if c.ready > 0 || c.submitter.Unfinished() {
			busy = append(busy, c)
		}
	}
	r.sendAll(ctx, busy, rows)
	err := r.companies.ended()
	if err == nil && r.canary != nil {
		err = r.canary.tried()
	}
	return err
}

// prepare makes what sends a company's rows.
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

// sendAll sends what the companies have, several at once. What stops one
// company stops no other, unless it would be the same for all.
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
	group.SetLimit(sideBySide)
	for _, c := range busy {
		group.Go(func() error {
			c.stopped = c.haltedBy(ctx, r.sendOne(ctx, c, requests(c)))
			if forAll(c.stopped) {
				halt(&haltError{c.company})
			}
			return nil // the others go on
		})
	}
	_ = group.Wait()
}

// requests are those of each company, all from one pass over the file, which
// wait waits for.
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

// want says whether any of the companies has to send or to settle the row.
func (all companyRuns) want(row int) bool {
	for _, c := range all {
		if c.open.has(row) {
			return true
		}
	}
	return false
}

// sendOne sends what one company has.
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

// haltError says that a company's run ended because another one's reason to
// stop is one for all.
type haltError struct{ by string }

// Error names the other one.
func (e *haltError) Error() string { return "with company " + e.by }

// haltedBy tells a run that was stopped with another one from one that the user
// has interrupted.
func (c *companyRun) haltedBy(ctx context.Context, err error) error {
	var halted *haltError
	if reasonOf(err) == submit.StopInterrupted && errors.As(context.Cause(ctx), &halted) {
		return halted
	}
	return err
}

// forAll says that no other company would fare better.
func forAll(err error) bool {
	switch reasonOf(err) {
	case submit.StopKey, submit.StopFailures, submit.StopInput:
		return true
	}
	return false
}

// progress is that of all together.
func (all companyRuns) progress() (sum submit.Progress) {
	for _, c := range all {
		sum = sum.Plus(c.submitter.Progress())
	}
	return sum
}

// efforts are what the run took, by company.
func (all companyRuns) efforts() map[string]Effort {
	efforts := make(map[string]Effort, len(all))
	for _, c := range all {
		efforts[c.company] = Effort{c.limiter.Traffic(), c.settled}
	}
	return efforts
}
