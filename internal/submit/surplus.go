package submit

import (
	"context"
	"slices"

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
// list looks for offices that came too late.
func (s *Submitter) close(ctx context.Context) ([]Surplus, error) {
	var surplus []Surplus
	if len(s.resent) > 0 {
		listing, err := s.api.List(ctx)
		if err != nil {
			s.options.Say("rows were sent again, and the list that would show whether that made any office twice can't be had: " + err.Error())
		} else {
			surplus = s.surplus(listing)
		}
	}
	if s.counts.Limited {
		return surplus, &StopError{Reason: StopFirst, Message: "stopped after the rows that --first allows", Hint: "run again to go on"}
	}
	return surplus, nil
}

// surplus looks at the rows that were sent again. Several rows may have one
// name; more offices of it than rows is too many.
func (s *Submitter) surplus(l *Listing) []Surplus {
	s.company.see(l)
	var found []Surplus
	seen := map[office.Name]bool{}
	for _, record := range s.resent {
		d := &doubt{record: record}
		ids := s.candidates(d)
		if len(ids) > 1 && !seen[d.name()] {
			seen[d.name()] = true
			found = append(found, Surplus{record.Row, record.Name, record.Country, ids})
		}
	}
	slices.SortFunc(found, func(a, b Surplus) int { return a.Row - b.Row })
	return found
}
