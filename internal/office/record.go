package office

import (
	"errors"
	"time"
)

// What a journal that several processes share may answer a Begin or a Finish
// with; see submit.Journal.
var (
	// ErrTaken says that another process has the row or its name under way, or
	// knows more of it by now. Nothing was written.
	ErrTaken = errors.New("another process has the row or its name")
	// ErrStale says that another process has made an office of the row's name
	// since this one has listed the offices. Nothing was written.
	ErrStale = errors.New("an office of the row's name was made since the offices were listed")
)

// Record is what the journal knows of a row: its last attempt, and what came
// of it. A Begin writes one with the outcome unknown before the request
// leaves; a Finish writes the truth.
type Record struct {
	Key        Key       `json:"key"`
	Row        int       `json:"row"`     // at the time of writing
	Name       string    `json:"name"`    // as it was sent
	Country    string    `json:"country"` // as it was sent
	Digest     Digest    `json:"digest"`  // of the body that was sent
	Rest       Digest    `json:"rest"`    // of that body without name and country
	Outcome    Outcome   `json:"outcome"`
	OfficeID   string    `json:"office_id,omitempty"`   // the server's, digits
	Candidates []string  `json:"candidates,omitempty"`  // ids of offices that may be the row's, for a person to look at
	Attempts   int       `json:"attempts,omitempty"`    // POSTs that may have reached the server
	HTTPStatus int       `json:"http_status,omitempty"` // of the last answer; 0: none came
	Words      string    `json:"words,omitempty"`       // the server's, or what happened
	RequestID  string    `json:"request_id,omitempty"`  // the server's name for the last call, for a support case
	SentAt     time.Time `json:"sent_at,omitzero"`      // of the last attempt, wall clock, UTC
	SettledAt  time.Time `json:"settled_at,omitzero"`   // when the outcome became known
	Run        int       `json:"run,omitempty"`         // the run of the first Begin: its baseline counts
	Answered   bool      `json:"answered,omitempty"`    // an answer came, though it could not tell
	Claimed    bool      `json:"claimed,omitempty"`     // the server claimed success but gave no id: never sent again by itself
	Doubted    bool      `json:"doubted,omitempty"`     // some attempt of the row was unknown at its end; false again once a last list has looked for a second office

	// Elsewhere says that a run of another file has written it last, in a
	// journal that several files share.
	Elsewhere bool `json:"-"`

	// Differs is what the server's office has otherwise than the row.
	Differs []Difference `json:"differs,omitempty"`
}

// SentAgain says that the row's office was made after an attempt that was
// settled as lost, and no last list has looked for a second one since.
func (r *Record) SentAgain() bool { return r.Outcome == Created && r.Doubted && r.Attempts > 1 }

// Difference is a field that the server tells otherwise than it was sent, as
// texts for a person: "08:00-18:00", `"US/Eastern"`.
type Difference struct {
	Field  string `json:"field"` // dotted name
	Sent   string `json:"sent"`
	Stored string `json:"stored"`
}

// Result is a row and what became of it: one line of the report.
type Result struct {
	Request Request
	Record  Record  // zero where the journal knows nothing of the row
	Outcome Outcome // the status; Record's, or Ready, Invalid, Pending where nothing was sent
}
