package main

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/submit"
)

// sideBySide is how many companies are sent to at once: each has a limit of
// its own, and this machine has one processor and one line for all.
const sideBySide = 8

// prepare makes what sends a lane's rows.
func (s *session) prepare(l *lane, p *progress) (err error) {
	o := s.options
	o.Say = p.sayFor(s.lanes.company(l))
	if l.lock != nil && l.lock.JournalGone {
		o.WaitFirst = o.Settle + o.Timeout
	}
	o.First, o.Poll = l.first, poll(l.journal)
	l.found = findings{company: s.lanes.company(l), unit: s.job.sheet.Unit, created: l.found.created}
	l.stopped = nil
	if l.ready == 0 && l.held > 0 {
		l.stopped = submit.FirstReached()
	}
	l.submitter, err = submit.New(l.connection.client, l.connection.limiter, logged(l.journal, s.console.say), s.job.plan.Share(l.company), o)
	return err
}

// sendAll sends what the lanes have, several at once. What stops one company
// stops no other, unless it would be the same for all.
func (s *session) sendAll(ctx context.Context, busy lanes, p *progress) {
	if len(busy) == 0 {
		return
	}
	defer p.watch(busy.progress)()
	ctx, halt := context.WithCancelCause(ctx)
	defer halt(nil)
	var group errgroup.Group
	group.SetLimit(sideBySide)
	for _, l := range busy {
		group.Go(func() error {
			l.stopped = l.haltedBy(ctx, s.sendLane(ctx, l))
			if forAll(l.stopped) {
				halt(&haltError{l.company})
			}
			return nil // the others go on
		})
	}
	_ = group.Wait()
}

// sendLane sends what one company has.
func (s *session) sendLane(ctx context.Context, l *lane) (err error) {
	requests := s.job.plan.RequestsOf(l.open.has)
	if s.trial != nil {
		requests = s.trial.only(requests)
	}
	l.found.surplus, err = l.submitter.Run(ctx, requests)
	progress := l.submitter.Progress()
	l.settled += progress.Settled
	l.found.created += progress.Created
	if s.verify && (err == nil || stoppedEarly(err)) {
		l.found.sum, l.found.unverified = l.submitter.Verify(ctx)
	}
	return err
}

// haltError says that a lane ended because another one's reason to stop is one
// for all.
type haltError struct{ by string }

// Error names the other one.
func (e *haltError) Error() string { return "with company " + e.by }

// haltedBy tells a lane that was stopped with another one from one that the
// user has interrupted.
func (l *lane) haltedBy(ctx context.Context, err error) error {
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

// reasonOf is why a run was stopped; empty where it was not.
func reasonOf(err error) submit.StopReason {
	var stop *submit.StopError
	if errors.As(err, &stop) {
		return stop.Reason
	}
	return ""
}

// progress is that of all together.
func (all lanes) progress() (sum submit.Progress) {
	for _, l := range all {
		sum = sum.Plus(l.submitter.Progress())
	}
	return sum
}
