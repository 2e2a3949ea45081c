package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/submit"
)

// unreported is a run whose report could not be written: offices may have been
// created, so it must not end as one that sent nothing.
func (s *session) unreported(err error) error {
	return &submit.StopError{Reason: submit.StopJournal, Message: "what was done stands in " + s.lanes.journals() + ", but there is no report: " + err.Error(),
		Hint: s.job.command("report", "--server", s.to.name()), Err: err}
}

// unfinished is what goes wrong when all is done, which isn't for nothing.
func unfinished(err error) error {
	if err == nil {
		return nil
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: "the run has ended, but not cleanly: " + err.Error(),
		Hint: "run again to make sure: what is done is not sent again", Err: err}
}

// lockError tells where locks may be kept, where they can't be kept here: the
// home of a service is often read-only.
func lockError(err error) error {
	if system := syscall.Errno(0); errors.As(err, &system) {
		return &hinted{err, "lock", lock.StateVariable + " names the folder for locks: one that can be written, and that all runs on this host share"}
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
	if belongsElsewhere(err) {
		return &hinted{err, "journal_mismatch", "name another one with --journal"}
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
