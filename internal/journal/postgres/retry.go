package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	callTimeout = 10 * time.Second // for one call to the database
	maxBackoff  = 2 * time.Second
	sayEvery    = 10 * time.Second
	// stopPatience replaces Options.Patience once the program is told to stop.
	stopPatience = 10 * time.Second
)

// do makes a call, again and again while the database is away. Making the call twice must do no harm, because the
// answer of the first may have been lost.
func (j *Journal) do(what string, call func(context.Context) error) error {
	began := time.Now()
	for wait := 50 * time.Millisecond; ; wait = min(maxBackoff, 2*wait) {
		err := j.once(call)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errLapsed) && !transient(err) || isOurs(err):
			return j.fail(fmt.Errorf("%w: %s: %s: %w", ErrJournal, j.name, what, j.secrets.clean(err)))
		case j.impatient(began):
			return j.fail(fmt.Errorf("%w: %s: %s: gave up after %s: %w", ErrJournal, j.name, what, time.Since(began).Round(time.Second), j.secrets.clean(err)))
		}
		j.sayAway(err)
		time.Sleep(wait)
	}
}

func (j *Journal) once(call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	return call(ctx)
}

// isOurs reports whether an error is one of ours, so that trying again can't help.
func isOurs(err error) bool {
	var version *VersionError
	var mismatch *MismatchError
	return errors.As(err, &version) || errors.As(err, &mismatch) || errors.Is(err, errText) || errors.Is(err, errReadOnly)
}

func (j *Journal) impatient(began time.Time) bool {
	patience := j.options.Patience
	if j.ctx.Err() != nil {
		patience = min(patience, stopPatience)
	}
	if j.broken() {
		patience = 0 // we have waited already
	}
	return time.Since(began) > patience
}

// sayAway says now and then that nothing is sent, and why.
func (j *Journal) sayAway(err error) {
	j.mu.Lock()
	due := time.Since(j.saidAt) > sayEvery
	if due {
		j.saidAt = time.Now()
	}
	j.mu.Unlock()
	if due {
		j.options.Say(fmt.Sprintf("the database can't be used (%v): nothing is sent meanwhile; waiting up to %s", j.secrets.clean(err), j.options.Patience))
	}
}

// fail makes an error permanent: after something couldn't be recorded or read, nothing may be sent.
func (j *Journal) fail(err error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = err
	}
	return err
}

func (j *Journal) broken() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err != nil
}

// writable returns nil while the journal can be written.
func (j *Journal) writable() error {
	if j.run == 0 {
		return fmt.Errorf("%w: %s: %w", ErrJournal, j.name, errReadOnly)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}
