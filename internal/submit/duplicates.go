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

// Surplus are offices of one name and country that are there more often than
// the rows of the file account for: an attempt that was settled as lost had
// made its office after all, later than the settle window allows.
type Surplus struct {
	Row     int
	Name    string
	Country string
	IDs     []string // of all offices of that name that appeared

	key office.Key
}

// close ends a run that was not stopped. If any row was sent again, one more
// list, a window later, looks for offices that came too late.
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

// FirstReached is how a run ends that has sent as many rows as it may.
func FirstReached() *StopError {
	return &StopError{Reason: StopFirst, Message: "stopped after the rows that --first allows", Hint: "run again to go on"}
}

func (s *Submitter) checkResends(ctx context.Context) ([]Surplus, *StopError) {
	if len(s.resends) == 0 {
		return nil, nil
	}
	_ = limit.SleepOr(ctx, max(0, time.Until(s.lastWindowEnd))+s.options.Settle, nil) // where it is cut short, the list tells
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

// lastList takes a list that lacks no office seen before: such a list may lack
// the surplus too. Where it always does, somebody has taken that office away.
func (s *Submitter) lastList(ctx context.Context) (*api.Listing, *StopError) {
	for bad := 1; ; bad++ {
		listing, why := s.firstList(ctx)
		if why != nil || s.company.missing(listing) == "" || bad == maxBadLists {
			return listing, why
		}
	}
}

// untold is how a run ends that sent rows again, and can't tell what came of that.
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

// undoubt writes that the last list has spoken about the rows that were sent
// again, and what it said. A run that ends before leaves them to the next one.
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

// surplus looks at the rows that were sent again: an office of theirs that
// appeared beside the one that the journal has is one too many.
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

// errMaking says that a list can't be read yet.
var errNameInUse = errors.New("another process has had a row of the same name under way for long, and may have died")

// ofRow are the offices that may be a row's. One that another process is making
// for a row of the same name counts only once it is known not to be that row's:
// the next run knows, where that takes longer than its call and its window.
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
