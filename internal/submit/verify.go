package submit

import (
	"context"
	"fmt"
	"slices"

	"officeimporter/internal/submit/limit"
)

// createdOffice is an office that this run created.
type createdOffice struct {
	id  string
	row int
}

// Sum compares the lists of offices before and after a run.
type Sum struct {
	Before  int   // offices in the list before the run
	After   int   // offices in the list after it
	Created int   // by this run
	Missing []int // rows whose office was created and is not in the list
}

// Others returns how many offices other people added during the run, or removed if it is negative.
func (s *Sum) Others() int { return s.After - s.Before - (s.Created - len(s.Missing)) }

// String puts the comparison into words.
func (s *Sum) String() string {
	text := fmt.Sprintf("verified: %d offices before, %d after, %d created by this run", s.Before, s.After, s.Created)
	switch others := s.Others(); {
	case others > 0:
		text += fmt.Sprintf("; %d more came from elsewhere meanwhile", others)
	case others < 0:
		text += fmt.Sprintf("; %d that this run has nothing to do with went meanwhile", -others)
	}
	return text
}

// Verify takes the list of offices once more after Run, and compares it with what the run created. An office that is
// not there yet has the settle window to appear. The error is an *api.ListError, or the context's.
func (s *Submitter) Verify(ctx context.Context) (*Sum, error) {
	sum, err := s.sum(ctx)
	if err != nil || len(sum.Missing) == 0 {
		return sum, err
	}
	if err := limit.SleepOr(ctx, s.options.Settle, nil); err != nil {
		return nil, err
	}
	return s.sum(ctx)
}

func (s *Submitter) sum(ctx context.Context) (*Sum, error) {
	listing, err := s.api.List(ctx)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(listing.Offices))
	for _, id := range listing.IDs() {
		there[id] = true
	}
	sum := &Sum{Before: s.before, After: len(listing.Offices)}
	for _, m := range s.created {
		if s.journal.InBaseline(s.run, m.id) {
			continue // an earlier run created it, and this one found it
		}
		if sum.Created++; !there[m.id] {
			sum.Missing = append(sum.Missing, m.row)
		}
	}
	slices.Sort(sum.Missing)
	return sum, nil
}
