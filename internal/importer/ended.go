package importer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"officeimporter/internal/submit"
)

// ended is why companies' runs ended before their end, each reason once, with the
// companies where there are several. An interrupt outranks all; that Sending.First
// was reached is told where nothing else is.
func (all companyRuns) ended() error {
	var early error
	var why []error
	said := map[string][]string{} // companies by what is the same for them
	for _, c := range all {
		switch {
		case c.stopped == nil || halted(c.stopped):
		case StoppedAt(c.stopped, submit.StopFirst):
			early = c.stopped
		default:
			if said[sameFor(c.stopped)] == nil {
				why = append(why, c.stopped)
			}
			said[sameFor(c.stopped)] = append(said[sameFor(c.stopped)], c.company)
		}
	}
	slices.SortStableFunc(why, func(a, b error) int { return cmp.Compare(rank(a), rank(b)) })
	for i, err := range why {
		if all.several() && rank(err) > 0 {
			why[i] = fmt.Errorf("company %s: %w", strings.Join(said[sameFor(err)], ", "), err)
		}
	}
	if len(why) == 1 {
		return why[0]
	}
	return cmp.Or(errors.Join(why...), early)
}

// sameFor is alike for errors that are told once.
func sameFor(err error) string {
	if rank(err) < 1 {
		return string(reasonOf(err))
	}
	return err.Error()
}

// rank is in which order errors are told; those below 1 are no company's own.
func rank(err error) int {
	switch {
	case reasonOf(err) == submit.StopInterrupted:
		return -1
	case forAll(err):
		return 0
	}
	return 1
}

// halted says that a run ended with another one, whose reason is told.
func halted(err error) bool {
	var with *haltError
	return errors.As(err, &with)
}
