package importer

import (
	"context"
	"log/slog"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// loggedJournal logs each row that it records. It does so only at level debug: a file may have many rows, and their
// values don't belong into a log.
type loggedJournal struct {
	submit.Journal
	log *slog.Logger
}

// logged returns j itself unless the log takes level debug.
func logged(j submit.Journal, log *slog.Logger) submit.Journal {
	if !log.Enabled(context.Background(), slog.LevelDebug) {
		return j
	}
	return &loggedJournal{j, log}
}

func (j *loggedJournal) Begin(r office.Record) error {
	err := j.Journal.Begin(r)
	j.log.Debug("row sent", "row", r.Row, "key", r.Key, "attempt", r.Attempts, "error", err)
	return err
}

func (j *loggedJournal) Finish(r office.Record) error {
	err := j.Journal.Finish(r)
	j.log.Debug("row settled", "row", r.Row, "key", r.Key, "status", r.Outcome.String(), "office_id", r.OfficeID, "http_status", r.HTTPStatus, "words", r.Words, "error", err)
	return err
}
