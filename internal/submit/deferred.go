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

// aside is a row that another process has under way, or knows more of: it is
// judged again once that is known here too.
type deferredRow struct {
	request *office.Request
	waiting bool // it is not being judged, or sent, again right now
	stale   bool // an office of its name was made since the last list
	turns   int  // how often it was turned away while nobody had it under way
}

// anothers says that an error of the journal is about one row, which is another
// process's for now.
func heldElsewhere(err error) bool {
	return errors.Is(err, office.ErrTaken) || errors.Is(err, office.ErrStale)
}

// putAside keeps a row for later; nothing where there is none.
func (s *Submitter) deferRow(r *office.Request, why error) {
	if r != nil {
		s.update(func() { s.deferLocked(r, why) })
	}
}

// keepAside is putAside under the lock. A row in doubt belongs to its doubt.
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

// overtaken is a row whose outcome came when another process had taken it over:
// this process had been out of touch. If it made an office, and the other one
// too, the last list tells.
func (s *Submitter) finishedTooLate(t *task) {
	if t.record.Outcome == office.Created {
		s.update(func() { s.resends[t.request.Key] = t.record })
	}
	s.deferRow(t.request, office.ErrTaken)
}

// othersMaking says that an office which no row explains is one of a row that
// another process has under way, or has just finished.
func (s *Submitter) explainedElsewhere(o *api.Listed, p *pendingSettlement) bool {
	return s.journal.UnderWay("", o.Key()) || !s.appeared(o.ID, p)
}

// follow looks now and then what other processes have done, until the run is
// over: rows of those that have died become doubts of this one, and rows that
// were put aside are judged again.
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

// adopt makes doubts of the rows that processes have left which have died.
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

// inheritOnce makes a doubt of a row that is this process's now, unless it is
// one. A process that was out of touch may get back a row of which it still has
// an attempt under way: that one comes to its end first, and may settle it.
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

// recall admits again the rows that no other process has under way any more.
func (s *Submitter) readmitFree(ctx context.Context) {
	free, stale := s.freeRows()
	if stale { // what was made since the last list must be in it before they are judged
		listing, err := s.api.List(ctx)
		if err != nil || !s.applyList(listing) {
			return
		}
	}
	for _, a := range free {
		s.readmitDeferred(a)
	}
}

// freeAgain are the rows to judge again, and whether that takes a new list.
func (s *Submitter) freeRows() (free []*deferredRow, stale bool) {
	for _, a := range s.deferredRows() {
		r := a.request
		if s.journal.UnderWay(r.Key, office.NameOf(r.Office.Name, r.Office.Country)) {
			s.update(func() { a.turns = 0 }) // there was a reason
			continue
		}
		free = append(free, a)
		stale = stale || a.stale
	}
	return free, stale
}

// asides are a copy.
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

// maxTurns is how often a row is tried that nobody has under way and that is
// turned away all the same, before it is left for the next run: as when a row
// of its name is unknown for good.
const maxTurns = 5

// readmitAside judges a row again.
func (s *Submitter) readmitDeferred(a *deferredRow) {
	s.mu.Lock()
	if s.deferred[a.request.Key] != a { // by now it is a doubt of this process
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
