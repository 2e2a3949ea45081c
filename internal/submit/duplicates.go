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

// Surplus is a group of offices of one name and country that exist more often than the rows of the file explain: an
// attempt that was settled as not created had created its office after all, later than the settle window allows.
type Surplus struct {
	Row     int
	Name    string
	Country string
	IDs     []string // all offices of that name that appeared

	key office.Key
}

// close ends a run that was not stopped. If any row was sent again, one more list, a window later, shows offices that
// appeared too late.
func (s *Submitter) close(ctx context.Context) ([]Surplus, error) {
	surplus, why := s.checkResends(ctx)
	switch {
	case why != nil:
		return surplus, why
	case s.counts.Limited:
		return surplus, FirstReached()
	}
	return surplus, nil
}

// FirstReached returns the reason to stop once a run has sent as many rows as --first allows.
func FirstReached() *StopError {
	return &StopError{Reason: StopFirst, Message: "stopped after the rows that --first allows", Hint: "run again to go on"}
}

// checkResends takes the last list and returns the offices that resending created twice.
func (s *Submitter) checkResends(ctx context.Context) ([]Surplus, *StopError) {
	if len(s.resends) == 0 {
		return nil, nil
	}
	_ = limit.SleepOr(ctx, max(0, time.Until(s.lastWindowEnd))+s.options.Settle, nil) // if this is cut short, the list fails and says why
	listing, why := s.lastList(ctx)
	if why != nil {
		return nil, resendsUnchecked(why)
	}
	found, err := s.surplus(ctx, listing)
	if err == nil {
		err = s.clearDoubted(found)
	}
	if errors.Is(err, errNameInUse) {
		return nil, resendsUnchecked(&StopError{Reason: StopUnknowns, Message: err.Error(), Err: err})
	}
	if err != nil {
		return found, resendsUnchecked(&StopError{Reason: StopJournal, Message: err.Error(), Err: err})
	}
	return found, nil
}

// lastList takes a list that lacks no office seen before, because one that does may lack the surplus too. If every
// list lacks the office, somebody has removed it.
func (s *Submitter) lastList(ctx context.Context) (*api.Listing, *StopError) {
	for bad := 1; ; bad++ {
		listing, why := s.firstList(ctx)
		if why != nil || s.company.missing(listing) == "" || bad == maxBadLists {
			return listing, why
		}
	}
}

// resendsUnchecked returns the reason to stop for a run that sent rows again and can't tell whether that created
// offices twice.
func resendsUnchecked(why *StopError) *StopError {
	said := why.Message
	switch {
	case why.Reason == StopInterrupted:
		said = "interrupted"
	case why.Err != nil:
		said = why.Err.Error()
	}
	return &StopError{Reason: why.Reason, Message: "rows were sent again, and whether that made any office twice can't be told yet: " + said,
		Hint: "run again: it looks once more", Err: why}
}

// clearDoubted records that the last list has checked the rows that were sent again, and what it showed. If a run
// ends before this, the next one checks them.
func (s *Submitter) clearDoubted(found []Surplus) error {
	twice := map[office.Key][]string{}
	for _, f := range found {
		twice[f.key] = f.IDs
	}
	for key := range s.resends {
		now, _, err := s.journal.Record(key)
		if err == nil && now.Outcome == office.Created {
			now.Doubted, now.Candidates = false, twice[key]
			err = s.journal.Finish(now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// surplus checks the rows that were sent again: an office of theirs that appeared next to the one in the journal is
// one too many.
func (s *Submitter) surplus(ctx context.Context, l *api.Listing) ([]Surplus, error) {
	s.company.update(l)
	var found []Surplus
	for key, record := range s.resends {
		now, _, err := s.journal.Record(key)
		if err != nil {
			return nil, err
		}
		ids, err := s.officesOf(ctx, record)
		if err != nil {
			return nil, err
		}
		if now.OfficeID != "" && !slices.Contains(ids, now.OfficeID) {
			ids = append(ids, now.OfficeID)
		}
		if len(ids) > 1 {
			found = append(found, Surplus{record.Row, record.Name, record.Country, ids, key})
		}
	}
	slices.SortFunc(found, func(a, b Surplus) int { return a.Row - b.Row })
	return found, nil
}

// errNameInUse means that a list can't be judged yet.
var errNameInUse = errors.New("another process has had a row of the same name under way for long, and may have died")

// officesOf returns the offices that may belong to a row. If another process is creating an office for a row of the
// same name, it waits until that one is known, for as long as its call and window can take. After that it leaves the
// question to the next run.
func (s *Submitter) officesOf(ctx context.Context, record office.Record) ([]string, error) {
	until := time.Now().Add(2 * s.window(office.Record{}))
	for {
		making := s.journal.UnderWay("", office.NameOf(record.Name, record.Country))
		ids := s.candidates(&pendingSettlement{record: record})
		if len(ids) < 2 || !making {
			return ids, nil
		}
		if limit.SleepOr(ctx, s.options.Poll, nil) != nil || time.Now().After(until) {
			return nil, errNameInUse
		}
	}
}
