package importer

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/submit"
)

// Kind names what went wrong, for programs.
type Kind string

// The kinds of an Error.
const (
	KindUsage           Kind = "usage" // what was asked for can't be
	KindLock            Kind = "lock"  // the folder for locks can't be used
	KindJournalMismatch Kind = "journal_mismatch"
	KindAnotherRun      Kind = "another_run"
	KindNoSuchRow       Kind = "no_such_row"
	KindNotUnknown      Kind = "not_unknown"
	KindAmbiguousRow    Kind = "ambiguous_row"
	KindRehearsal       Kind = "rehearsal" // the rehearsal broke a promise
)

// Error says in words why something can't be done. What to do about it is for
// the caller to say.
type Error struct {
	Kind    Kind
	Err     error
	Row     int    // KindNoSuchRow: the number of a row next to it
	Company string // KindAmbiguousRow: one of the companies
}

// Error is in words.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap is what was behind it.
func (e *Error) Unwrap() error { return e.Err }

func failure(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Err: fmt.Errorf(format, args...)}
}

// OneJournalError says that one journal was named for a file of several companies.
type OneJournalError struct {
	File      string
	Companies int
}

// Error says how many.
func (e *OneJournalError) Error() string {
	return fmt.Sprintf("one journal is named, and %s has rows of %d companies", e.File, e.Companies)
}

// ErrNoServer says that a journal in a database was named without a server.
var ErrNoServer = errors.New("a journal in a database has many companies, and no server says whose")

// UnreportedError is behind the *submit.StopError of a run whose reports could
// not be written.
type UnreportedError struct{ Err error }

// Error is what went wrong.
func (e *UnreportedError) Error() string { return e.Err.Error() }

// unreported is a run whose report could not be written: offices may have been
// created, so it must not end as one that sent nothing.
func (r *Run) unreported(err error) error {
	return &submit.StopError{Reason: submit.StopJournal, Message: "what was done stands in " + r.companies.journals() + ", but there is no report: " + err.Error(),
		Err: &UnreportedError{err}}
}

// unfinished is what goes wrong when all is done, which isn't for nothing.
func unfinished(err error) error {
	if err == nil {
		return nil
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: "the run has ended, but not cleanly: " + err.Error(),
		Hint: "run again to make sure: what is done is not sent again", Err: err}
}

// lockError tells a folder that can't be used from a run that is under way.
func lockError(err error) error {
	if system := syscall.Errno(0); errors.As(err, &system) {
		return &Error{Kind: KindLock, Err: err}
	}
	return err
}

// belongsElsewhere says that a journal can hold no unknown rows of this server
// and company, as it is another one's.
func belongsElsewhere(err error) bool {
	var mismatch *journal.MismatchError
	return errors.As(err, &mismatch)
}

// journalError tells a journal that belongs to something else, where nothing
// may be sent, from one that can't be written, where trying again may help.
func journalError(err error) error {
	switch {
	case err == nil:
		return nil
	case belongsElsewhere(err):
		return &Error{Kind: KindJournalMismatch, Err: err}
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: "nothing is sent without a journal: " + err.Error(), Err: err}
}

// usableJournal is an error where a path can't be a journal's, whoever holds
// the lock: a run that took the lock for one would keep all others of the
// company waiting for it to be settled.
func usableJournal(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder", path)
	}
	return journal.BeginsLike(path)
}

// stateFolder is where locks are kept: the given folder, or the user's.
func stateFolder(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	return lock.StateDir()
}
