package report

import (
	"encoding/json"
	"fmt"
	"time"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

// jsonVersion is that of the JSON lines report. A member that is added leaves
// it; one that is renamed, dropped or means something else changes it.
const jsonVersion = 1

// jsonRow is an object of the JSON lines report: the columns of the CSV report
// with the same names, and more. docs/report.schema.json describes it.
type jsonRow struct {
	Version    int                 `json:"version"`
	Row        int                 `json:"row"`    // as the file numbers it
	Status     office.Outcome      `json:"status"` // ready, created, exists, invalid, refused, unknown, pending
	OfficeID   string              `json:"office_id,omitempty"`
	Name       string              `json:"name"`
	Country    string              `json:"country"`
	Problems   []office.Problem    `json:"problems"`              // row, field, column, kind, value, message, suggestion; [] where there is none
	Warnings   []office.Problem    `json:"warnings"`              // likewise
	Readings   []office.Reading    `json:"readings"`              // field, column, value, read, rule: every cell that is not sent as it stands
	HTTPStatus int                 `json:"http_status,omitempty"` // of the last answer
	Attempts   int                 `json:"attempts"`              // that may have reached the server
	SentAt     time.Time           `json:"sent_at,omitzero"`      // RFC 3339, UTC
	SettledAt  time.Time           `json:"settled_at,omitzero"`
	Key        office.Key          `json:"key"`
	CompanyID  string              `json:"company_id,omitempty"` // DP-Company-ID; absent: the key's own
	Words      string              `json:"words,omitempty"`      // the server's, or what happened
	RequestID  string              `json:"request_id,omitempty"` // the server's name for the last call, for a support case
	Candidates []string            `json:"candidates,omitempty"` // ids of offices that an unknown row may be
	Stored     []office.Difference `json:"stored,omitempty"`     // what the server's office has otherwise than was sent
	Request    json.RawMessage     `json:"request,omitempty"`    // the exact body; of a row with problems what could be read
}

// jsonWriter writes an object a line.
type jsonWriter struct {
	*atomicfile.File
	encoder *json.Encoder
}

// NewJSONLines writes a report as JSON lines; docs/report.schema.json describes it.
func NewJSONLines(f *atomicfile.File) (Writer, error) {
	w := &jsonWriter{File: f, encoder: json.NewEncoder(f)}
	w.encoder.SetEscapeHTML(false) // else the body would not be the one that is sent
	return w, nil
}

// Write adds a row.
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

// Close gives the report its name.
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

// BodyOf is what is sent for a row, or what could be read of it; nil where the
// row has left the file.
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

// NonNil is a list that is written as [], not as null.
func NonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
