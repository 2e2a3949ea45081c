package importer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/limit"
)

// lockPoll is how often a waiting run tries again.
const lockPoll = 500 * time.Millisecond

// takeLock takes the lock of a server and company. If another run holds it, it waits until the given time: several
// files of one company may be due at once.
func takeLock(ctx context.Context, log *slog.Logger, state string, until time.Time, claim lock.Claim) (*lock.Lock, error) {
	dir, err := stateFolder(state)
	if err != nil {
		return nil, err
	}
	told := lock.Info{}
	for {
		taken, err := lock.Take(dir, claim)
		var held *lock.HeldError
		if !errors.As(err, &held) || !time.Now().Before(until) {
			return taken, lockError(err)
		}
		if held.Info != told { // another run may have got it first
			told = held.Info
			log.Info(fmt.Sprintf("waiting up to %s: %v, for %s", time.Until(until).Round(time.Second), err, Printable(told.Input)), "process", told.PID, "file", told.Input)
		}
		if limit.SleepOr(ctx, min(lockPoll, time.Until(until)), nil) != nil {
			return nil, &submit.StopError{Reason: submit.StopInterrupted, Message: "interrupted before anything was sent", Hint: "run again to go on"}
		}
	}
}

// lockAll takes the locks of all companies and reads their journals. It waits up to Target.Wait for other runs. All
// runs take locks in the same order, so that they never wait for each other. The caller calls release, even after an
// error.
func (all companyRuns) lockAll(ctx context.Context, f *File, o *Options) error {
	until := time.Now().Add(o.Wait)
	inOrder := slices.SortedFunc(slices.Values(all), func(a, b *companyRun) int { return strings.Compare(a.company, b.company) })
	for _, c := range inOrder {
		if err := c.lockOne(ctx, o, until, all.claim(c, f, o)); err != nil {
			return all.wrap(c, err)
		}
	}
	return nil
}

// claim says who takes a lock, and which command goes on if this run leaves unknown rows.
func (all companyRuns) claim(c *companyRun, f *File, o *Options) lock.Claim {
	again := ""
	if o.Again != nil {
		journal := ""
		if !all.several() && !postgres.Is(c.path) {
			journal = Absolute(c.path)
		}
		again = o.Again(journal)
	}
	return lock.Claim{Server: c.header.Server, Company: c.company, Journal: ShownJournal(c.path), Input: f.path, Again: again, Shared: postgres.Is(c.path)}
}

func (c *companyRun) lockOne(ctx context.Context, o *Options, until time.Time, claim lock.Claim) (err error) {
	if !postgres.Is(c.path) {
		if err := usableJournal(c.path); err != nil {
			return journalError(err)
		}
	}
	if c.lock, err = takeLock(ctx, o.Log, o.State, until, claim); err != nil {
		return err
	}
	c.unsettled = c.lock.JournalGone // until the journal is read
	if err := c.read(o.Log); err != nil {
		c.unsettled = c.unsettled || !belongsElsewhere(err)
		return journalError(err)
	}
	c.unsettled = c.unsettled || c.journal.Unsettled() > 0
	return nil
}

func (all companyRuns) release() error {
	var errs []error
	for _, c := range all {
		if c.lock != nil {
			errs = append(errs, c.lock.Release(c.unsettled))
		}
	}
	return errors.Join(errs...)
}
