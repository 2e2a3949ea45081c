package report

import "officeimporter/internal/office"

// pageRow is a row in the data of the page, in the words of the JSON lines
// report. Bytes count here: a page has all rows, and is sent by mail.
type pageRow struct {
	Row        int                 `json:"row"`
	Status     office.Outcome      `json:"status"`
	Name       string              `json:"name"`
	Country    string              `json:"country"`
	Zone       string              `json:"zone,omitempty"`
	OfficeID   string              `json:"office_id,omitempty"`
	Key        office.Key          `json:"key,omitempty"`
	Company    string              `json:"company_id,omitempty"`
	Problems   []office.Problem    `json:"problems,omitempty"`
	Warnings   []office.Problem    `json:"warnings,omitempty"`
	Readings   []any               `json:"readings,omitempty"` // see readingTable
	HTTPStatus int                 `json:"http_status,omitempty"`
	Attempts   int                 `json:"attempts,omitempty"`
	SentAt     string              `json:"sent_at,omitempty"`
	SettledAt  string              `json:"settled_at,omitempty"`
	Words      string              `json:"words,omitempty"`
	RequestID  string              `json:"request_id,omitempty"`
	Candidates []string            `json:"candidates,omitempty"`
	Differs    []office.Difference `json:"differs,omitempty"`
	About      string              `json:"about,omitempty"` // what the body is
	Body       string              `json:"body,omitempty"`  // a text: as JSON, long ids would lose digits on the page
}

func newPageRow(r *office.Result, t *readingTable) (*pageRow, error) {
	body, err := bodyOf(&r.Request)
	if err != nil {
		return nil, err
	}
	who, record := identityOf(r), &r.Record
	return &pageRow{
		Row: who.row, Status: r.Outcome, Name: who.name, Country: who.country, Zone: r.Request.Office.Timezone, OfficeID: record.OfficeID, Key: who.key, Company: who.company,
		Problems: withoutRow(Problems(*r)), Warnings: withoutRow(r.Request.Warnings), Readings: t.encode(r.Request.Readings),
		HTTPStatus: record.HTTPStatus, Attempts: record.Attempts, SentAt: timeText(record.SentAt), SettledAt: timeText(record.SettledAt),
		Words: record.Words, RequestID: record.RequestID, Candidates: record.Candidates, Differs: record.Differs,
		About: aboutBody(r), Body: string(body),
	}, nil
}

// aboutBody says what the body of a row is.
func aboutBody(r *office.Result) string {
	switch {
	case r.Request.Body == nil:
		return "as far as it could be read; it is not sent"
	case r.Record.Attempts > 0 && r.Record.Digest == r.Request.Digest:
		return "as it was sent"
	case r.Record.Attempts > 0:
		return "as the row is now; another one was sent"
	case r.Outcome == office.Ready || r.Outcome == office.Pending:
		return "as it would be sent"
	}
	return "which is not sent"
}

// withoutRow is a copy of problems that stand in their row.
func withoutRow(problems []office.Problem) []office.Problem {
	own := make([]office.Problem, len(problems))
	for i, p := range problems {
		p.Row = 0
		own[i] = p
	}
	return own
}

// plainRow is a row as the page shows it without its script.
type plainRow struct {
	Row                           int
	Status                        office.Outcome
	Name, Country, Zone, OfficeID string
	Problems, Warnings            []office.Problem
}

func newPlainRow(r *pageRow) plainRow {
	return plainRow{r.Row, r.Status, r.Name, r.Country, r.Zone, r.OfficeID, r.Problems, r.Warnings}
}
