package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Digest is a SHA-256. The zero Digest means that nothing was digested.
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

// Request is one row ready to be sent, or the reasons why it can't be.
type Request struct {
	Row      int
	Company  string // the DP-Company-ID to send; empty: the company of the API key
	Key      Key
	Office   Office // if there are Problems: what could be read
	Body     []byte // the exact bytes to send; nil if there are Problems
	Digest   Digest // of Body
	Problems []Problem
	Warnings []Problem
	Readings []Reading
}

// Reading says how a cell was read whose text isn't sent as it is.
type Reading struct {
	Field  string `json:"field"`
	Column string `json:"column,omitempty"` // empty: the value doesn't come from a column
	Value  string `json:"value"`            // the text of the cell
	Read   string `json:"read"`             // what is sent instead
	Rule   string `json:"rule"`             // the rule that read it: "hours", "country", ...
}

// Valid reports whether the request may be sent.
func (r *Request) Valid() bool { return len(r.Problems) == 0 }

// DuplicateRow is the problem of a row that has the same key as an earlier row of the file. What the journal records
// under that key is about the earlier row.
const DuplicateRow ProblemKind = "duplicate_row"

// HiddenRow is the problem of a row that is hidden or filtered out in its workbook.
const HiddenRow ProblemKind = "hidden_row"

// Duplicate says whether the key belongs to an earlier row.
func (r *Request) Duplicate() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Kind == DuplicateRow })
}

// Seal makes Body and Digest from Office. Call it once all values are set. It fails only if the office can't be
// written as JSON.
func (r *Request) Seal() error {
	body, err := Body(&r.Office)
	if err != nil {
		return err
	}
	r.Body, r.Digest = body, sha256.Sum256(body)
	return nil
}

// Rest is the digest of Body without name and country, which come first in it, so a renamed row has the same Rest. It
// is zero if there is no Body. It isn't stored because only rows that are sent or may be renamed need it.
func (r *Request) Rest() Digest {
	if r.Body == nil {
		return Digest{}
	}
	head, _ := Body(&Office{Name: r.Office.Name, Country: r.Office.Country}) // two strings always make JSON
	return sha256.Sum256(r.Body[min(len(head)-len("}"), len(r.Body)):])
}

// Body is the JSON of the request that creates an office. Plan ids and journals hold digests of these bytes, so the
// order of Office's fields and their tags must not change.
func Body(o *Office) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // a reviewer should see "A & B" as it is
	if err := encoder.Encode(o); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
