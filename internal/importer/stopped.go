package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"officeimporter/internal/submit"
)

// stopReason returns why the runs stopped early: each reason once, with its companies. An interrupt comes first.
// Reaching Sending.First counts only if there is no other reason.
func (all companyRuns) stopReason() error {
	var early error
	var why []error
	companies := map[string][]string{} // by reason
	for _, c := range all {
		switch {
		case c.stopped == nil || halted(c.stopped):
		case StoppedAt(c.stopped, submit.StopFirst):
			early = c.stopped
		default:
			text := reasonText(c.stopped)
			if companies[text] == nil {
				why = append(why, c.stopped)
			}
			companies[text] = append(companies[text], c.company)
		}
	}
	slices.SortStableFunc(why, func(a, b error) int { return cmp.Compare(rank(a), rank(b)) })
	for i, err := range why {
		if all.several() && rank(err) > 0 {
			why[i] = fmt.Errorf("company %s: %w", strings.Join(companies[reasonText(err)], ", "), err)
		}
	}
	if len(why) == 1 {
		return why[0]
	}
	return cmp.Or(errors.Join(why...), early)
}

// reasonText returns the same text for errors that are told only once.
func reasonText(err error) string {
	if rank(err) < 1 {
		return string(reasonOf(err))
	}
	return err.Error()
}

// rank orders errors. Those below 1 are not about a single company.
func rank(err error) int {
	switch {
	case reasonOf(err) == submit.StopInterrupted:
		return -1
	case stopsAll(err):
		return 0
	}
	return 1
}

// halted reports whether a run stopped only because another one did.
func halted(err error) bool {
	var with *haltError
	return errors.As(err, &with)
}

// haltError says that a company's run stopped because another's reason to stop holds for all.
type haltError struct{ by string }

// Error names the other company.
func (e *haltError) Error() string { return "with company " + e.by }

// haltedBy returns a haltError if the run stopped because of another company, and err if it was something else, such
// as the user.
func (c *companyRun) haltedBy(ctx context.Context, err error) error {
	var halted *haltError
	if reasonOf(err) == submit.StopInterrupted && errors.As(context.Cause(ctx), &halted) {
		return halted
	}
	return err
}

// stopsAll reports whether every other company would stop for the same reason.
func stopsAll(err error) bool {
	switch reasonOf(err) {
	case submit.StopKey, submit.StopFailures, submit.StopInput:
		return true
	}
	return false
}

// reasonOf returns why a run stopped early; empty if it did not.
func reasonOf(err error) submit.StopReason {
	var stop *submit.StopError
	if errors.As(err, &stop) {
		return stop.Reason
	}
	return ""
}

// StoppedAt reports whether a run stopped for this reason. nil is fine.
func StoppedAt(err error, reason submit.StopReason) bool {
	return err != nil && reasonOf(err) == reason
}
