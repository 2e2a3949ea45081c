package report

import (
	"encoding/json"
	"fmt"
	"time"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

// jsonVersion is the version of the JSON lines report. It changes when a member is renamed, dropped or gets another
// meaning, but not when one is added.
const jsonVersion = 1

// jsonRow is an object in the JSON lines report. It has the columns of the CSV report under the same names, and more;
// docs/report.schema.json describes it.
type jsonRow struct {
	Version    int                 `json:"version"`
	Row        int                 `json:"row"`    // its number in the file
	Status     office.Outcome      `json:"status"` // ready, created, exists, invalid, refused, unknown, pending
	OfficeID   string              `json:"office_id,omitempty"`
	Name       string              `json:"name"`
	Country    string              `json:"country"`
	Problems   []office.Problem    `json:"problems"`              // row, field, column, kind, value, message, suggestion; [] if there are none
	Warnings   []office.Problem    `json:"warnings"`              // like problems
	Readings   []office.Reading    `json:"readings"`              // field, column, value, read, rule: every cell that isn't sent as it is
	HTTPStatus int                 `json:"http_status,omitempty"` // of the last answer
	Attempts   int                 `json:"attempts"`              // that may have reached the server
	SentAt     time.Time           `json:"sent_at,omitzero"`      // RFC 3339, UTC
	SettledAt  time.Time           `json:"settled_at,omitzero"`
	Key        office.Key          `json:"key"`
	CompanyID  string              `json:"company_id,omitempty"` // DP-Company-ID; absent: the company of the API key
	Words      string              `json:"words,omitempty"`      // what the server said, or what happened
	RequestID  string              `json:"request_id,omitempty"` // the server's id of the last call, for support
	Candidates []string            `json:"candidates,omitempty"` // ids of offices that an unknown row may be
	Stored     []office.Difference `json:"stored,omitempty"`     // where the server's office differs from what was sent
	Request    json.RawMessage     `json:"request,omitempty"`    // the exact body, or what could be read if there are problems
}

type jsonWriter struct {
	*atomicfile.File
	encoder *json.Encoder
}

// NewJSONLines returns a Writer of a JSON lines report, which docs/report.schema.json describes.
func NewJSONLines(f *atomicfile.File) (Writer, error) {
	w := &jsonWriter{File: f, encoder: json.NewEncoder(f)}
	w.encoder.SetEscapeHTML(false) // or the body would differ from what is sent
	return w, nil
}

// Write implements Writer.
func (w *jsonWriter) Write(r office.Result) error {
	row, err := newJSONRow(&r)
	if err == nil {
		err = w.encoder.Encode(row)
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// Close implements Writer.
func (w *jsonWriter) Close(*Summary) error { return Commit(w.File) }

func newJSONRow(r *office.Result) (*jsonRow, error) {
	body, err := BodyOf(&r.Request)
	if err != nil {
		return nil, err
	}
	who, record := IdentityOf(r), &r.Record
	return &jsonRow{
		Version: jsonVersion, Row: who.Row, Status: r.Outcome, OfficeID: record.OfficeID, Name: who.Name, Country: who.Country,
		Problems: NonNil(r.Request.Problems), Warnings: NonNil(r.Request.Warnings), Readings: NonNil(r.Request.Readings),
		HTTPStatus: record.HTTPStatus, Attempts: record.Attempts, SentAt: record.SentAt, SettledAt: record.SettledAt,
		Key: who.Key, CompanyID: who.Company, Words: record.Words, RequestID: record.RequestID, Candidates: record.Candidates, Stored: record.Differs, Request: body,
	}, nil
}

// BodyOf returns the request body of a row. If the row has problems, it is what could be read; if the row is no
// longer in the file, it is nil.
func BodyOf(r *office.Request) (json.RawMessage, error) {
	if r.Body != nil {
		return r.Body, nil
	}
	body, err := office.Body(&r.Office)
	if err != nil || r.Row == 0 {
		return nil, err
	}
	return body, nil
}

// NonNil returns the list, or an empty one for nil, so that JSON has [] and not null.
func NonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
