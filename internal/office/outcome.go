package office

import "fmt"

// Outcome is what became of a row: the report's status column.
type Outcome uint8

const (
	Pending Outcome = iota // not sent yet: the run stopped before it
	Ready                  // check only: would be sent
	Created                // an office was created; its id is the server's
	Exists                 // an office of that name and country was there before; nothing was sent
	Invalid                // problems; nothing was sent
	Refused                // the server said no, in its own words
	Unknown                // sent, and neither the answer nor the list of offices could tell
	outcomes
)

var outcomeNames = [outcomes]string{"pending", "ready", "created", "exists", "invalid", "refused", "unknown"}

// Outcomes are all of them, in the order in which a summary counts them.
func Outcomes() []Outcome {
	return []Outcome{Ready, Created, Exists, Invalid, Refused, Unknown, Pending}
}

// String is the status as it stands in reports and journals.
func (o Outcome) String() string {
	if o < outcomes {
		return outcomeNames[o]
	}
	return fmt.Sprintf("outcome(%d)", uint8(o))
}

// MarshalText writes the status word.
func (o Outcome) MarshalText() ([]byte, error) {
	if o >= outcomes {
		return nil, fmt.Errorf("no outcome %d", uint8(o))
	}
	return []byte(outcomeNames[o]), nil
}

// UnmarshalText reads the status word; any other is an error.
func (o *Outcome) UnmarshalText(text []byte) error {
	for i, name := range outcomeNames {
		if name == string(text) {
			*o = Outcome(i)
			return nil
		}
	}
	return fmt.Errorf("no outcome is called %q", text)
}

// NeedsPerson says whether a row with this outcome waits for somebody.
func (o Outcome) NeedsPerson() bool { return o == Invalid || o == Refused || o == Unknown }
