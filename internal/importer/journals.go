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
			return all.wrap(c, err)
		}
	}
	return nil
}

func (c *companyRun) read(log *slog.Logger) (err error) {
	c.journal, err = readJournal(log, c.path, c.header)
	return err
}

// close closes all journals and limiters. It may be called again.
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

// openAll opens all journals for writing, and the limiters. The verb is the name of the command.
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
			return all.wrap(c, journalError(err))
		}
	}
	return nil
}

func (all companyRuns) connect(t *Target, key api.Secret) {
	for _, c := range all {
		c.client = t.client(key, c.company, c.limiter)
	}
}

// disconnect closes idle connections.
func (all companyRuns) disconnect() {
	for _, c := range all {
		if c.client != nil {
			c.client.Close()
		}
	}
}

// noteUnsettled notes, after the run, which companies have unknown rows left.
func (all companyRuns) noteUnsettled() {
	for _, c := range all {
		c.unsettled = c.journal.Unsettled() > 0 || c.lock.JournalGone && c.journal.Runs() == 0
	}
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

// journals says in words where it is recorded what was done.
func (all companyRuns) journals() string {
	if len(all) == 1 {
		return "the journal " + ShownJournal(all[0].path)
	}
	return "the journals of the companies"
}
