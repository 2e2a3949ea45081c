package importer

import (
	"time"

	"officeimporter/internal/office"
)

// Event is a line of the journal.
type Event struct {
	Event string    `json:"event"`
	At    time.Time `json:"at,omitzero"`
	office.Record
}

// The names of events.
const (
	EventSent    = "sent"    // a request was about to leave
	EventOutcome = "outcome" // what came of it
)

// remember takes in what the journal has of the row.
func (e *Explanation) remember(journal Journal, key office.Key) error {
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

// eventOf tells an attempt from what came of it: a request that is about to
// leave is unknown, and nothing has been said of it.
func eventOf(r office.Record) Event {
	switch {
	case r.Outcome == office.Unknown && r.HTTPStatus == 0 && r.Words == "" && r.SettledAt.IsZero():
		return Event{EventSent, r.SentAt, r}
	case r.SettledAt.IsZero():
		return Event{EventOutcome, r.SentAt, r}
	}
	return Event{EventOutcome, r.SettledAt, r}
}
