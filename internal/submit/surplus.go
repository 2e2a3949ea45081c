package submit

import (
	"context"
	"slices"
	"time"

	"officeimporter/internal/office"
)

// Surplus are offices of one name and country that are there more often than
// the rows of the file account for: an attempt that was settled as lost had
// made its office after all, later than the settle window allows.
type Surplus struct {
	Row     int
	Name    string
	Country string
	IDs     []string // of all offices of that name that appeared
}

// close ends a run that was not stopped. If any row was sent again, one more
// list, a window later, looks for offices that came too late.
func (s *Submitter) close(ctx context.Context) ([]Surplus, error) {
	surplus, err := s.lastLook(ctx)
	if err != nil {
		s.options.Say("rows were sent again, and whether that made any office twice can't be told: " + err.Error() + "; the next run looks again")
	}
	if s.counts.Limited {
		return surplus, &StopError{Reason: StopFirst, Message: "stopped after the rows that --first allows", Hint: "run again to go on"}
	}
	return surplus, nil
}

func (s *Submitter) lastLook(ctx context.Context) ([]Surplus, error) {
	if len(s.resent) == 0 {
		return nil, nil
	}
	if err := sleepOr(ctx, max(0, time.Until(s.closes))+s.options.Settle, nil); err != nil {
		return nil, err
	}
	listing, err := s.api.List(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.surplus(listing)
	if err == nil {
		err = s.undoubt()
	}
	return found, err
}

// undoubt writes that the last list has spoken about the rows that were sent
// again. A run that ends before leaves them to the next one.
func (s *Submitter) undoubt() error {
	for key := range s.resent {
		now, _, err := s.journal.Record(key)
		if err == nil && now.Outcome == office.Created {
			now.Doubted = false
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
func (s *Submitter) surplus(l *Listing) ([]Surplus, error) {
	s.company.see(l)
	var found []Surplus
	for key, record := range s.resent {
		now, _, err := s.journal.Record(key)
		if err != nil {
			return nil, err
		}
		ids := s.candidates(&doubt{record: record})
		if now.OfficeID != "" && !slices.Contains(ids, now.OfficeID) {
			ids = append(ids, now.OfficeID)
		}
		if len(ids) > 1 {
			found = append(found, Surplus{record.Row, record.Name, record.Country, ids})
		}
	}
	slices.SortFunc(found, func(a, b Surplus) int { return a.Row - b.Row })
	return found, nil
}
