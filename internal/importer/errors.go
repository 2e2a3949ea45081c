package importer

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/submit"
)

// Kind names what went wrong, for programs.
type Kind string

// The kinds of an Error.
const (
	KindUsage           Kind = "usage" // the options can't be right
	KindLock            Kind = "lock"  // the folder for locks can't be used
	KindJournalMismatch Kind = "journal_mismatch"
	KindAnotherRun      Kind = "another_run"
	KindNoSuchRow       Kind = "no_such_row"
	KindNotUnknown      Kind = "not_unknown"
	KindAmbiguousRow    Kind = "ambiguous_row"
	KindRehearsal       Kind = "rehearsal" // the rehearsal broke a promise
)

// Error says why something can't be done. The caller says what to do about it.
type Error struct {
	Kind    Kind
	Err     error
	Row     int    // KindNoSuchRow: the number of a row close to it
	Company string // KindAmbiguousRow: one of the companies
}

// Error returns the message.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func failure(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Err: fmt.Errorf(format, args...)}
}

// OneJournalError says that one journal was given for a file of several companies.
type OneJournalError struct {
	File      string
	Companies int
}

// Error names the file and the number of companies.
func (e *OneJournalError) Error() string {
	return fmt.Sprintf("one journal is named, and %s has rows of %d companies", e.File, e.Companies)
}

// ErrNoServer says that a journal in a database was given without a server.
var ErrNoServer = errors.New("a journal in a database has many companies, and no server says whose")

// UnreportedError is the cause of the *submit.StopError of a run whose reports could not be written.
type UnreportedError struct{ Err error }

// Error returns the message of the cause.
func (e *UnreportedError) Error() string { return e.Err.Error() }

// unreported returns the error for a run without a report. It is a StopError, as offices may have been created: the
// run must not look like one that sent nothing.
func (r *Run) unreported(err error) error {
	return &submit.StopError{Reason: submit.StopJournal, Message: "what was done is recorded in " + r.companies.journals() + ", but there is no report: " + err.Error(),
		Err: &UnreportedError{err}}
}

// closeError returns the error for a run that ended but could not close everything.
func closeError(err error) error {
	if err == nil {
		return nil
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: "the run has ended, but not cleanly: " + err.Error(),
		Hint: "run again to make sure: what is done is not sent again", Err: err}
}

// lockError tells a folder that can't be used from another run.
func lockError(err error) error {
	if system := syscall.Errno(0); errors.As(err, &system) {
		return &Error{Kind: KindLock, Err: err}
	}
	return err
}

// belongsElsewhere reports whether the journal is another server's or company's, so that it can't hold unknown rows
// of this one.
func belongsElsewhere(err error) bool {
	var mismatch *journal.MismatchError
	return errors.As(err, &mismatch)
}

// journalError tells a journal of another server or company from one that can't be written, where another try may
// help.
func journalError(err error) error {
	switch {
	case err == nil:
		return nil
	case belongsElsewhere(err):
		return &Error{Kind: KindJournalMismatch, Err: err}
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: "nothing is sent without a journal: " + err.Error(), Err: err}
}

// usableJournal refuses a path that can't be a journal. It must be called before the lock is taken: otherwise all
// other runs of the company would wait for that journal to be settled.
func usableJournal(path string) error {
	return journal.BeginsLike(path)
}

// stateFolder returns the folder for locks: the given one, or the user's.
func stateFolder(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	return lock.StateDir()
}
