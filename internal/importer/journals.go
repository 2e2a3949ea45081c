package importer

import (
	"context"
	"errors"
	"log/slog"

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

// journals says in words where it is recorded what was done.
func (all companyRuns) journals() string {
	if len(all) == 1 {
		return "the journal " + ShownJournal(all[0].path)
	}
	return "the journals of the companies"
}
