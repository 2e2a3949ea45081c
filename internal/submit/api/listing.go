package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"officeimporter/internal/office"
)

// Listed is an office as the server shows it: the fields of OfficeProto that we need.
type Listed struct {
	ID      string // digits
	Name    string
	Country string // in lower case, as the server has it
	State   string // active, cancelled, deleted, pending, suspended; may be empty
	Primary bool

	Whole []byte // the whole JSON, to compare with what was sent
}

// UnmarshalJSON accepts ids as strings and as numbers: the documentation says integer, its examples are strings. It
// takes office_id if id is missing.
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

// Key returns the folded name and country by which offices are compared.
func (l *Listed) Key() office.Name { return office.NameOf(l.Name, l.Country) }

// Gone reports whether the office no longer exists although the list has it.
func (l *Listed) Gone() bool { return l.State == "cancelled" || l.State == "deleted" }

// digits is an int64 of the API as text, so that it loses no digits, whether it comes as a string or as a number.
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

// Listing is a complete list of the company's offices: every page arrived.
type Listing struct {
	Offices []Listed
	Began   time.Time
	Ended   time.Time
}

// Primary returns the id of the primary office, or "" if none is marked.
func (l *Listing) Primary() string {
	for i := range l.Offices {
		if l.Offices[i].Primary {
			return l.Offices[i].ID
		}
	}
	return ""
}

// IDs returns the ids of all offices.
func (l *Listing) IDs() []string {
	ids := make([]string, len(l.Offices))
	for i := range l.Offices {
		ids[i] = l.Offices[i].ID
	}
	return ids
}

// ListError says why a complete list could not be fetched.
type ListError struct{ Answer Answer }

// Error gives the status and the server's message.
func (e *ListError) Error() string {
	if e.Answer.Status == 0 {
		return "the list of offices can't be had: " + e.Answer.Words
	}
	return fmt.Sprintf("the list of offices can't be had: HTTP %d: %s", e.Answer.Status, e.Answer.Words)
}
