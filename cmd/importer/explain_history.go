package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"officeimporter/internal/office"
)

// happened is a line of the journal.
type happened struct {
	Event string    `json:"event"`
	At    time.Time `json:"at,omitzero"`
	office.Record
}

// Events of a row.
const (
	sentEvent    = "sent"    // a request was about to leave
	outcomeEvent = "outcome" // what came of it
)

// remember takes in what the journal has of the row.
func (e *explanation) remember(journal memory, key office.Key) error {
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
func eventOf(r office.Record) happened {
	switch {
	case r.Outcome == office.Unknown && r.HTTPStatus == 0 && r.Words == "" && r.SettledAt.IsZero():
		return happened{sentEvent, r.SentAt, r}
	case r.SettledAt.IsZero():
		return happened{outcomeEvent, r.SentAt, r}
	}
	return happened{outcomeEvent, r.SettledAt, r}
}

func (e *explanation) writeHistory(w io.Writer) {
	if e.Journal == "" {
		return
	}
	fmt.Fprintf(w, "\njournal %s\n", printable(e.Journal))
	switch {
	case len(e.History) > 0:
		e.writeEvents(w)
	case e.found:
		fmt.Fprintln(w, "  holds nothing of this row: it was not sent")
	default:
		fmt.Fprintln(w, "  is not there: nothing was sent")
	}
}

func (e *explanation) writeEvents(w io.Writer) {
	table := [][]string{{"TIME", "ATTEMPT", "WHAT", "HTTP", "OFFICE", "WORDS"}}
	for i := range e.History {
		table = append(table, e.History[i].line())
	}
	writeTable(w, table)
	if !e.Since.IsZero() {
		fmt.Fprintf(w, "\nwas compacted at %s: of what was before, the last line alone is kept\n", e.Since.UTC().Format(time.RFC3339))
	}
}

func (h *happened) line() []string {
	what, status, at := h.Outcome.String(), "", ""
	if h.Event == sentEvent {
		what = "sent"
	}
	if h.HTTPStatus > 0 {
		status = strconv.Itoa(h.HTTPStatus)
	}
	if !h.At.IsZero() {
		at = h.At.UTC().Format(time.RFC3339)
	}
	ids := cmp.Or(h.OfficeID, strings.Join(h.Candidates, " or "))
	return []string{at, strconv.Itoa(h.Attempts), what, status, printable(ids), printable(h.Words)}
}
