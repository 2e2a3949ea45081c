package submit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// listSchedule decides when the next list of offices is worth its calls. Not for concurrent use.
type listSchedule struct {
	bad       int       // how many lists in a row failed or didn't count
	notBefore time.Time // earliest time of the next list
}

// taken counts a list. Listing takes at most a fifth of a run's time, and lists come further apart the more of them fail.
func (l *listSchedule) taken(began time.Time, good bool) {
	now := time.Now()
	if good {
		l.bad, l.notBefore = 0, now.Add(4*now.Sub(began))
		return
	}
	l.bad++
	l.notBefore = now.Add(min(maxBackoff, time.Second<<(l.bad-1)))
}

// due returns when to take the next list: soon after a row's outcome became unclear, since most offices are listed at
// once, and again when its window ends. It returns false if no row is pending.
func (l *listSchedule) due(pending []*pendingSettlement, window time.Duration) (time.Time, bool) {
	var due time.Time
	for i, p := range pending {
		at := p.windowEnd
		if soon := p.ended.Add(window / 8); p.absent == 0 && soon.Before(at) {
			at = soon
		}
		if i == 0 || at.Before(due) {
			due = at
		}
	}
	if l.notBefore.After(due) {
		due = l.notBefore
	}
	return due, len(pending) > 0
}

// takeLists takes lists as long as rows are pending settlement or may become so. One list serves all of them, and
// sending goes on meanwhile.
func (s *Submitter) takeLists(ctx context.Context) {
	var schedule listSchedule
	for s.awaitList(ctx, &schedule) {
		began := time.Now()
		listing, err := s.api.List(ctx)
		if err == nil {
			s.update(s.gotThrough)
		}
		good := err == nil && s.applyList(listing)
		schedule.taken(began, good)
		if !good {
			s.badList(err, &schedule)
		}
	}
}

// awaitList waits until the next list is due. It returns false if none will be.
func (s *Submitter) awaitList(ctx context.Context, schedule *listSchedule) bool {
	for {
		s.mu.Lock()
		changed, over := s.changed, s.stopped != nil || s.rows.done()
		due, any := schedule.due(s.pendingInOrder(), s.options.Settle)
		s.mu.Unlock()
		wait := time.Until(due)
		switch {
		case over || ctx.Err() != nil:
			return false
		case !any:
			wait = time.Hour // a change wakes us up
		case wait <= 0:
			return true
		}
		_ = limit.SleepOr(ctx, wait, changed)
	}
}

// badList handles a list that failed, or one that didn't count (err is nil). After too many in a row, the pending
// rows stay unknown for the next run.
func (s *Submitter) badList(err error, schedule *listSchedule) {
	var failed *api.ListError
	if errors.As(err, &failed) {
		if why := fatal(&failed.Answer); why != nil {
			s.stop(why)
			return
		}
		if failed.Answer.Verdict == api.NotSent {
			s.unreachable(&failed.Answer)
			return
		}
		s.options.Say(err.Error())
	}
	if schedule.bad >= maxBadLists {
		s.giveUp()
	}
}

// firstList takes the list that must be there before anything is sent.
func (s *Submitter) firstList(ctx context.Context) (*api.Listing, *StopError) {
	for bad := 1; ; bad++ {
		listing, err := s.api.List(ctx)
		if err == nil {
			s.update(s.gotThrough)
			return listing, nil
		}
		if why := s.noFirstList(err, bad); why != nil {
			return nil, s.stop(why)
		}
		if limit.SleepOr(ctx, min(maxBackoff, time.Second<<(bad-1)), nil) != nil {
			s.interrupt()
		}
	}
}

// noFirstList returns why to give up, or nil to try again: it gives up at once if the list would fail the same way
// again, and after some time if the server can't be reached.
func (s *Submitter) noFirstList(err error, bad int) *StopError {
	var failed *api.ListError
	if !errors.As(err, &failed) {
		if !errors.Is(err, context.Canceled) { // without the quota no call may be made
			return &StopError{Reason: StopJournal, Message: err.Error(), Err: err}
		}
		return &StopError{Reason: StopInterrupted, Message: "interrupted before anything was sent", Hint: "run again to go on"}
	}
	if why := fatal(&failed.Answer); why != nil {
		return why
	}
	if failed.Answer.Verdict == api.NotSent {
		s.unreachable(&failed.Answer)
		return s.stoppedBy()
	}
	if bad >= maxBadLists {
		return NoList(failed)
	}
	s.options.Say(fmt.Sprintf("%v: trying again", err))
	return nil
}
