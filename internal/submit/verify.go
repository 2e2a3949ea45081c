package submit

import (
	"context"
	"fmt"
	"slices"

	"officeimporter/internal/submit/limit"
)

// made is an office that this run created.
type createdOffice struct {
	id  string
	row int
}

// Sum is what the lists of offices before and after a run say of it.
type Sum struct {
	Before  int   // offices in the list before the run
	After   int   // and in the one after it
	Created int   // by this run
	Missing []int // rows whose office was created and is not in the list
}

// Others is how many offices came, or went where it is negative, that this run
// has nothing to do with: other people work too.
func (s *Sum) Others() int { return s.After - s.Before - (s.Created - len(s.Missing)) }

// String is the sum in words.
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

// Verify takes the list of offices once more after Run, and holds what the run
// created against it. An office that is not there yet has the settle window to
// appear. The error is a *ListError, or the context's.
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
			continue // an earlier run had made it, and this one found it
		}
		if sum.Created++; !there[m.id] {
			sum.Missing = append(sum.Missing, m.row)
		}
	}
	slices.Sort(sum.Missing)
	return sum, nil
}
