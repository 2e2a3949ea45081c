package submit

import (
	"context"
	"errors"
	"slices"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// deferredRow is a row that another process has under way or knows more about. It is judged again once that is known
// here too.
type deferredRow struct {
	request *office.Request
	waiting bool // it isn't being judged or sent again right now
	stale   bool // an office of its name was created since the last list
	turns   int  // how often it was turned away although nobody had it under way
}

// heldElsewhere reports whether an error of the journal only means that this one row belongs to another process for
// now.
func heldElsewhere(err error) bool {
	return errors.Is(err, office.ErrTaken) || errors.Is(err, office.ErrStale)
}

// deferRow keeps a row for later. A nil row is ignored.
func (s *Submitter) deferRow(r *office.Request, why error) {
	if r != nil {
		s.update(func() { s.deferLocked(r, why) })
	}
}

// deferLocked is deferRow for callers that hold mu. A row pending settlement stays with its settlement.
func (s *Submitter) deferLocked(r *office.Request, why error) {
	if p := s.pending[r.Key]; p != nil {
		p.request = r
		return
	}
	a := s.deferred[r.Key]
	if a == nil {
		a = &deferredRow{request: r}
		s.deferred[r.Key] = a
	}
	if !a.waiting {
		a.waiting = true
		s.rows.open++
	}
	a.stale = errors.Is(why, office.ErrStale)
}

// finishedTooLate handles a row whose outcome came after another process had taken it over, because this one was out
// of touch. If both created an office, the last list shows it.
func (s *Submitter) finishedTooLate(t *task) {
	if t.record.Outcome == office.Created {
		s.update(func() { s.resends[t.request.Key] = t.record })
	}
	s.deferRow(t.request, office.ErrTaken)
}

// explainedElsewhere reports whether an office that none of our rows explains comes from a row that another process
// has under way or has just finished.
func (s *Submitter) explainedElsewhere(o *api.Listed, p *pendingSettlement) bool {
	return s.journal.UnderWay("", o.Key()) || !s.appeared(o.ID, p)
}

// watchOthers regularly checks what other processes have done, until the run is over: it takes over the rows of
// processes that died, and judges deferred rows again.
func (s *Submitter) watchOthers(ctx context.Context) {
	for limit.SleepOr(ctx, s.options.Poll, nil) == nil {
		s.mu.Lock()
		over := s.stopped != nil || s.rows.done()
		s.mu.Unlock()
		if over {
			return
		}
		if err := s.takeOverOrphans(); err != nil {
			s.stop(&StopError{Reason: StopJournal, Message: err.Error() + "; nothing more is sent", Err: err})
			return
		}
		s.readmitFree(ctx)
	}
}

// takeOverOrphans takes over the rows of processes that died, to settle them.
func (s *Submitter) takeOverOrphans() error {
	orphans, err := s.journal.Orphans(false)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, record := range slices.Concat(s.takenOver, orphans) {
		if err = s.takeOver(record.Key, now); err != nil {
			return err
		}
	}
	return nil
}

// takeOver makes a row of this process pending settlement, unless it is already. After being out of touch, a process
// may get back a row that it still has an attempt under way for: that attempt ends first, and may settle it.
func (s *Submitter) takeOver(key office.Key, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.takenOver = slices.DeleteFunc(s.takenOver, func(r office.Record) bool { return r.Key == key })
	record, _, err := s.journal.Record(key)
	if err != nil || record.Outcome != office.Unknown || s.pending[key] != nil {
		return err
	}
	if s.rows.underWay[key] {
		s.takenOver = append(s.takenOver, record)
		return nil
	}
	s.addPending(record, now)
	s.wake()
	return nil
}

// readmitFree admits the deferred rows that no other process has under way any more.
func (s *Submitter) readmitFree(ctx context.Context) {
	free, stale := s.freeRows()
	if stale { // judge them with what was created since the last list
		listing, err := s.api.List(ctx)
		if err != nil || !s.applyList(listing) {
			return
		}
	}
	for _, a := range free {
		s.readmitDeferred(a)
	}
}

// freeRows returns the rows to judge again, and whether that needs a new list.
func (s *Submitter) freeRows() (free []*deferredRow, stale bool) {
	for _, a := range s.deferredRows() {
		r := a.request
		if s.journal.UnderWay(r.Key, office.NameOf(r.Office.Name, r.Office.Country)) {
			s.update(func() { a.turns = 0 }) // it was turned away for a reason
			continue
		}
		free = append(free, a)
		stale = stale || a.stale
	}
	return free, stale
}

// deferredRows returns a copy.
func (s *Submitter) deferredRows() (all []*deferredRow) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.deferred {
		if a.waiting {
			all = append(all, a)
		}
	}
	return all
}

// maxTurns is how often to retry a row that is turned away although nobody has it under way, for example because a
// row of its name stays unknown. After that it is left for the next run.
const maxTurns = 5

func (s *Submitter) readmitDeferred(a *deferredRow) {
	s.mu.Lock()
	if s.deferred[a.request.Key] != a { // by now this process settles it
		s.mu.Unlock()
		return
	}
	a.waiting = false
	a.turns++
	s.mu.Unlock()
	if a.turns <= maxTurns {
		s.readmit([]*office.Request{a.request}, 1)
		return
	}
	s.update(func() { s.rows.open-- })
}
