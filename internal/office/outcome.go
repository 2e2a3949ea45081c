package office

import (
	"fmt"
)

// Outcome is what happened to a row: the status column of the report.
type Outcome uint8

// The outcomes.
const (
	Pending Outcome = iota // not sent yet: the run stopped before it
	Ready                  // check only: would be sent
	Created                // an office was created; its id is the server's
	Exists                 // an office of that name and country was already there; nothing was sent
	Invalid                // has problems; nothing was sent
	Refused                // the server said no, in its own words
	Unknown                // sent, but neither the answer nor the list of offices tells whether an office was created
	outcomes
)

var outcomeNames = [outcomes]string{"pending", "ready", "created", "exists", "invalid", "refused", "unknown"}

// Outcomes returns all outcomes, in the order in which summaries list them.
func Outcomes() []Outcome {
	return []Outcome{Ready, Created, Exists, Invalid, Refused, Unknown, Pending}
}

// String returns the outcome as reports and journals spell it.
func (o Outcome) String() string {
	if o < outcomes {
		return outcomeNames[o]
	}
	return fmt.Sprintf("outcome(%d)", uint8(o))
}

// MarshalText returns the same word as String. It fails for a value that isn't an outcome.
func (o Outcome) MarshalText() ([]byte, error) {
	if o >= outcomes {
		return nil, fmt.Errorf("no outcome %d", uint8(o))
	}
	return []byte(outcomeNames[o]), nil
}

// UnmarshalText accepts only the words that MarshalText writes.
func (o *Outcome) UnmarshalText(text []byte) error {
	for i, name := range outcomeNames {
		if name == string(text) {
			*o = Outcome(i)
			return nil
		}
	}
	return fmt.Errorf("no outcome is called %q", text)
}

// NeedsPerson reports whether somebody has to look at a row with this outcome.
func (o Outcome) NeedsPerson() bool { return o == Invalid || o == Refused || o == Unknown }
