package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	callTimeout = 10 * time.Second // of one call to the database
	maxBackoff  = 2 * time.Second
	sayEvery    = 10 * time.Second
	// parting is the patience once the program is told to stop.
	parting = 10 * time.Second
)

// do makes a call, again and again while the database is away. Calls must not
// mind being made twice: the answer of the first may have been lost.
func (l *Journal) do(what string, call func(context.Context) error) error {
	began := time.Now()
	for wait := 50 * time.Millisecond; ; wait = min(maxBackoff, 2*wait) {
		err := l.once(call)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errLapsed) && !passing(err) || isOurs(err):
			return l.fail(fmt.Errorf("%w: %s: %s: %w", ErrJournal, l.name, what, l.secrets.clean(err)))
		case l.impatient(began):
			return l.fail(fmt.Errorf("%w: %s: %s: gave up after %s: %w", ErrJournal, l.name, what, time.Since(began).Round(time.Second), l.secrets.clean(err)))
		}
		l.tell(err)
		time.Sleep(wait)
	}
}

func (l *Journal) once(call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	return call(ctx)
}

// isOurs says that an error is none of the database.
func isOurs(err error) bool {
	var version *VersionError
	var mismatch *MismatchError
	return errors.As(err, &version) || errors.As(err, &mismatch) || errors.Is(err, errText) || errors.Is(err, errReadOnly)
}

func (l *Journal) impatient(began time.Time) bool {
	patience := l.options.Patience
	if l.ctx.Err() != nil {
		patience = min(patience, parting)
	}
	if l.broken() {
		patience = 0 // it has been waited for
	}
	return time.Since(began) > patience
}

// tell says now and then that nothing goes on, and why.
func (l *Journal) tell(err error) {
	l.mu.Lock()
	due := time.Since(l.told) > sayEvery
	if due {
		l.told = time.Now()
	}
	l.mu.Unlock()
	if due {
		l.options.Say(fmt.Sprintf("the database can't be used (%v): nothing is sent meanwhile; waiting up to %s", l.secrets.clean(err), l.options.Patience))
	}
}

// fail makes an error last: what could not be remembered, or read, must not be
// followed by anything that is sent.
func (l *Journal) fail(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
	return err
}

func (l *Journal) broken() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err != nil
}

// able is nil while the ledger can be written.
func (l *Journal) able() error {
	if l.run == 0 {
		return fmt.Errorf("%w: %s: %w", ErrJournal, l.name, errReadOnly)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
