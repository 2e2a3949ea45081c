package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Digest is a SHA-256. The zero Digest is of nothing.
type Digest [sha256.Size]byte

// MarshalText writes lower-case hex.
func (d Digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Digest) UnmarshalText(text []byte) error {
	if n, err := hex.Decode(d[:], text); err != nil || n != len(d) {
		return fmt.Errorf("%q is not a SHA-256 in hex", text)
	}
	return nil
}

// Request is one row made ready to be sent, or the reasons why it can't be.
type Request struct {
	Row      int
	Key      Key    // who the row is, whatever its number
	Office   Office // of a row with problems: all that could be read
	Body     []byte // the exact bytes to send; nil where there are Problems
	Digest   Digest // of Body
	Rest     Digest // of Body without name and country: a renamed row has the same
	Problems []Problem
	Warnings []Problem
	Readings []Reading
}

// Reading says how a cell was read that is not sent as it stands.
type Reading struct {
	Field  string `json:"field"`
	Column string `json:"column,omitempty"` // empty: the value comes from no column of the file
	Value  string `json:"value"`            // the cell as it stands
	Read   string `json:"read"`             // what is sent for it
	Rule   string `json:"rule"`             // by which rule: "hours", "country", ...
}

// Valid says whether the request may be sent.
func (r *Request) Valid() bool { return len(r.Problems) == 0 }

// DuplicateRow is the problem of a row whose key an earlier row of the file has:
// what the journal knows under that key is the earlier row's.
const DuplicateRow ProblemKind = "duplicate_row"

// Duplicate says whether the key belongs to an earlier row.
func (r *Request) Duplicate() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Kind == DuplicateRow })
}

// Seal makes the body and its digests from the office. Call it once all values
// are set; it returns an error only if the office can't be written as JSON.
func (r *Request) Seal() error {
	body, err := Body(&r.Office)
	if err != nil {
		return err
	}
	rest, err := withoutName(&r.Office, body)
	if err != nil {
		return err
	}
	r.Body, r.Digest, r.Rest = body, sha256.Sum256(body), sha256.Sum256(rest)
	return nil
}

// Body is the JSON that is sent for an office.
func Body(o *Office) ([]byte, error) { return encode(o) }

func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // a reviewer should see "A & B" as it is
	if err := enc.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// withoutName is the body after its name and country, which stand first.
func withoutName(o *Office, body []byte) ([]byte, error) {
	head, err := encode(&struct {
		Name    string `json:"name,omitzero"`
		Country string `json:"country,omitzero"`
	}{o.Name, o.Country})
	if err != nil {
		return nil, err
	}
	return body[len(head)-len("}"):], nil
}
