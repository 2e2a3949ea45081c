package importer

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/submit/api"
)

// read opens all journals without changing them.
func (all companyRuns) read(log *slog.Logger) error {
	for _, c := range all {
		if err := c.read(log); err != nil {
			return all.in(c, err)
		}
	}
	return nil
}

func (c *companyRun) read(log *slog.Logger) (err error) {
	c.journal, err = readJournal(log, c.path, c.header)
	return err
}

// close gives all journals back. It may be called again.
func (all companyRuns) close() error {
	var errs []error
	for _, c := range all {
		if c.closeLimiter != nil {
			c.closeLimiter()
			c.closeLimiter = nil
		}
		if c.journal != nil {
			errs = append(errs, c.journal.Close())
		}
	}
	return errors.Join(errs...)
}

// lockAll takes the locks of all companies, waiting for other runs as long as
// the target says, and reads their journals. Two runs take them in the same
// order, so that they can't wait for each other. Locks that were taken are to
// be released, whatever the error.
func (all companyRuns) lockAll(ctx context.Context, f *File, o *Options) error {
	until := time.Now().Add(o.Wait)
	inOrder := slices.SortedFunc(slices.Values(all), func(a, b *companyRun) int { return strings.Compare(a.company, b.company) })
	for _, c := range inOrder {
		if err := c.lockOne(ctx, o, until, all.claim(c, f, o)); err != nil {
			return all.in(c, err)
		}
	}
	return nil
}

// claim says who takes a lock, and how to go on should this run leave unknown
// rows.
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
	c.left = c.lock.JournalGone // until the journal tells
	if err := c.read(o.Log); err != nil {
		c.left = c.left || !belongsElsewhere(err)
		return journalError(err)
	}
	c.left = c.left || c.journal.Unsettled() > 0
	return nil
}

// openAll opens all journals to go on with them, for a command of that name
// that calls the API as the target says.
func (all companyRuns) openAll(ctx context.Context, verb string, o *Options) error {
	if err := all.close(); err != nil {
		return journalError(err)
	}
	for _, c := range all {
		var err error
		c.journal, err = o.openJournal(ctx, o.Log, verb, c.path, c.header)
		if err == nil {
			c.limiter, c.closeLimiter, err = o.limiter(c.journal)
		}
		if err != nil {
			return all.in(c, journalError(err))
		}
	}
	return nil
}

// connect makes the clients, whose calls the limiters pace.
func (all companyRuns) connect(t *Target, key api.Secret) {
	for _, c := range all {
		c.client = t.client(key, c.company, c.limiter)
	}
}

// disconnect gives back idle connections.
func (all companyRuns) disconnect() {
	for _, c := range all {
		if c.client != nil {
			c.client.Close()
		}
	}
}

// settled notes what the run has left unknown, once it is over.
func (all companyRuns) settled() {
	for _, c := range all {
		c.left = c.journal.Unsettled() > 0 || c.lock.JournalGone && c.journal.Runs() == 0
	}
}

// release lets the next runs in.
func (all companyRuns) release() error {
	var errs []error
	for _, c := range all {
		if c.lock != nil {
			errs = append(errs, c.lock.Release(c.left))
		}
	}
	return errors.Join(errs...)
}

// journals are where it is written what was done, in words.
func (all companyRuns) journals() string {
	if len(all) == 1 {
		return "the journal " + ShownJournal(all[0].path)
	}
	return "the journals of the companies"
}
