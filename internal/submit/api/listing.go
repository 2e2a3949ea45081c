package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"officeimporter/internal/office"
)

// Listed is an office as the server tells of it: what is needed of OfficeProto.
type Listed struct {
	ID      string // digits
	Name    string
	Country string // lower case, as the server has it
	State   string // active, cancelled, deleted, pending, suspended; may be empty
	Primary bool

	Whole []byte // all of it, to be held against what was sent
}

// UnmarshalJSON takes ids as strings and as numbers: the document says
// integer, the examples are strings. The office_id stands in where id is absent.
func (l *Listed) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID       digits `json:"id"`
		OfficeID digits `json:"office_id"`
		Name     string `json:"name"`
		Country  string `json:"country"`
		State    string `json:"state"`
		Primary  bool   `json:"is_primary_office"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	if wire.ID == "" {
		wire.ID = wire.OfficeID
	}
	*l = Listed{ID: string(wire.ID), Name: wire.Name, Country: wire.Country, State: wire.State,
		Primary: wire.Primary, Whole: bytes.Clone(data)}
	return nil
}

// Key is what the office is compared by.
func (l *Listed) Key() office.Name { return office.NameOf(l.Name, l.Country) }

// Gone says that the office is there no longer, though the list names it.
func (l *Listed) Gone() bool { return l.State == "cancelled" || l.State == "deleted" }

// digits is an int64 of the API that must not lose any: text, whether it comes
// as a string or as a number.
type digits string

func (d *digits) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	if text == "null" {
		text = ""
	}
	if strings.Trim(text, "0123456789") != "" {
		return fmt.Errorf("%s is not an id", data)
	}
	*d = digits(text)
	return nil
}

// Listing is a complete list of the company's offices: every page came.
type Listing struct {
	Offices []Listed
	Began   time.Time
	Ended   time.Time
}

// Primary is the id of the primary office, empty where none is marked.
func (l *Listing) Primary() string {
	for i := range l.Offices {
		if l.Offices[i].Primary {
			return l.Offices[i].ID
		}
	}
	return ""
}

func (l *Listing) IDs() []string {
	ids := make([]string, len(l.Offices))
	for i := range l.Offices {
		ids[i] = l.Offices[i].ID
	}
	return ids
}

// ListError says why a complete list could not be had.
type ListError struct{ Answer Answer }

// Error names the status and the words.
func (e *ListError) Error() string {
	if e.Answer.Status == 0 {
		return "the list of offices can't be had: " + e.Answer.Words
	}
	return fmt.Sprintf("the list of offices can't be had: HTTP %d: %s", e.Answer.Status, e.Answer.Words)
}
