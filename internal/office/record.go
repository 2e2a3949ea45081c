package office

import (
	"errors"
	"time"
)

// Errors that a Begin or Finish may return if several processes share the journal; see submit.Journal.
var (
	// ErrTaken means that another process is sending the row or one with its name, or knows something newer about it.
	// Nothing was written.
	ErrTaken = errors.New("another process has the row or its name")
	// ErrStale means that another process has created an office with the row's name since this one listed the
	// offices. Nothing was written.
	ErrStale = errors.New("an office of the row's name was made since the offices were listed")
)

// Record is what the journal knows about a row: its last attempt and the result. Begin writes one with the outcome
// unknown before the request is sent; Finish writes the result.
type Record struct {
	Key        Key       `json:"key"`
	Row        int       `json:"row"`     // at the time of writing
	Name       string    `json:"name"`    // as it was sent
	Country    string    `json:"country"` // as it was sent
	Digest     Digest    `json:"digest"`  // of the body that was sent
	Rest       Digest    `json:"rest"`    // of that body without name and country
	Outcome    Outcome   `json:"outcome"`
	OfficeID   string    `json:"office_id,omitempty"`   // the server's, digits
	Candidates []string  `json:"candidates,omitempty"`  // ids of offices that may be the row's; a person has to look
	Attempts   int       `json:"attempts,omitempty"`    // POSTs that may have reached the server
	HTTPStatus int       `json:"http_status,omitempty"` // of the last answer; 0: no answer
	Words      string    `json:"words,omitempty"`       // what the server said, or what happened
	RequestID  string    `json:"request_id,omitempty"`  // the server's id of the last call, for support
	SentAt     time.Time `json:"sent_at,omitzero"`      // of the last attempt, wall clock, UTC
	SettledAt  time.Time `json:"settled_at,omitzero"`   // when the outcome became known
	Run        int       `json:"run,omitempty"`         // the run of the first Begin, whose baseline applies
	Answered   bool      `json:"answered,omitempty"`    // an answer came, but it didn't settle the outcome
	Claimed    bool      `json:"claimed,omitempty"`     // the server claimed success but gave no id, so it is never sent again automatically
	Doubted    bool      `json:"doubted,omitempty"`     // some attempt ended unknown; false again once a final list has looked for a second office

	// Elsewhere is true if a run of another file wrote the record last, in a journal that several files share.
	Elsewhere bool `json:"-"`

	// Differs lists where the server's office differs from what was sent.
	Differs []Difference `json:"differs,omitempty"`
}

// SentAgain reports whether the row was sent again after an earlier attempt was settled as lost, and no final list
// has yet looked for a second office.
func (r *Record) SentAgain() bool { return r.Outcome == Created && r.Doubted && r.Attempts > 1 }

// Difference is a field that the server stores differently from what was sent. The values are for people:
// "08:00-18:00", `"US/Eastern"`.
type Difference struct {
	Field  string `json:"field"` // name with dots
	Sent   string `json:"sent"`
	Stored string `json:"stored"`
}

// Result is a row and what happened to it: one line of the report.
type Result struct {
	Request Request
	Record  Record  // zero if the journal knows nothing about the row
	Outcome Outcome // Record's, or Ready, Invalid or Pending if nothing was sent
}
