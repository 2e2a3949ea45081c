package importer

import (
	"context"
	"log/slog"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/office"
)

// Event is a line of the journal about one row.
type Event struct {
	Event string    `json:"event"`
	At    time.Time `json:"at,omitzero"`
	office.Record
}

// The values of Event.Event.
const (
	EventSent    = "sent"    // a request was about to be sent
	EventOutcome = "outcome" // what became of it
)

// addHistory adds what the journal has about the row.
func (e *Explanation) addHistory(journal Journal, key office.Key) error {
	if key == "" {
		return nil
	}
	e.Since = journal.Compacted()
	records, err := journal.History(key)
	for i := range records {
		e.History = append(e.History, eventOf(records[i]))
	}
	return err
}

// eventOf tells a request from its outcome: a record of a request has the outcome unknown, and no answer yet.
func eventOf(r office.Record) Event {
	switch {
	case r.Outcome == office.Unknown && r.HTTPStatus == 0 && r.Words == "" && r.SettledAt.IsZero():
		return Event{EventSent, r.SentAt, r}
	case r.SettledAt.IsZero():
		return Event{EventOutcome, r.SentAt, r}
	}
	return Event{EventOutcome, r.SettledAt, r}
}

// RunHistory returns the latest runs of a company from a journal in a database, whatever the host, and the journal's
// name without its password.
func RunHistory(ctx context.Context, journalURL string, to Server, company string, most int, log *slog.Logger) (runs []postgres.Run, name string, err error) {
	header := journal.Header{Server: to.URL.String(), Company: company}
	o := databaseOptions(log, header, readPatience)
	o.FileStem = ""
	shared, err := postgres.Read(ctx, journalURL, o)
	if err != nil {
		return nil, "", journalError(err)
	}
	defer func() { _ = shared.Close() }()
	runs, err = shared.RunHistory(most)
	return runs, shared.Path(), journalError(err)
}
