package main

import (
	"errors"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// unreported is a run whose report could not be written: offices may have been
// created, so it must not end as one that sent nothing.
func (s *session) unreported(err error) error {
	return &submit.StopError{Reason: submit.StopJournal, Message: "what was done stands in the journal " + s.journal.Path() + ", but there is no report: " + err.Error(),
		Hint: s.job.command("report", "--server", s.connection.server.name()), Err: err}
}

// unfinished is what goes wrong when all is done, which isn't for nothing.
func unfinished(err error) error {
	if err == nil {
		return nil
	}
	return &submit.StopError{Reason: submit.StopJournal, Message: err.Error(), Err: err}
}

// belongsElsewhere says that a journal can hold no unknown rows of this server
// and company, as it is another one's.
func belongsElsewhere(err error) bool {
	var mismatch *report.MismatchError
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
