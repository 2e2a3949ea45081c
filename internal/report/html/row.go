package html

import (
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// pageRow is a row in the data of the page, with the member names of the JSON lines report. It is kept small because
// a page has all rows and is sent by mail.
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
	About      string              `json:"about,omitempty"` // what the body is, from report.DescribeBody
	Body       string              `json:"body,omitempty"`  // as text, because JavaScript would round long ids
}

func newPageRow(r *office.Result, t *readingTable) (*pageRow, error) {
	body, err := report.BodyOf(&r.Request)
	if err != nil {
		return nil, err
	}
	who, record := report.IdentityOf(r), &r.Record
	return &pageRow{
		Row: who.Row, Status: r.Outcome, Name: who.Name, Country: who.Country, Zone: r.Request.Office.Timezone, OfficeID: record.OfficeID, Key: who.Key, Company: who.Company,
		Problems: withoutRow(report.Problems(*r)), Warnings: withoutRow(r.Request.Warnings), Readings: t.encode(r.Request.Readings),
		HTTPStatus: record.HTTPStatus, Attempts: record.Attempts, SentAt: report.TimeText(record.SentAt), SettledAt: report.TimeText(record.SettledAt),
		Words: record.Words, RequestID: record.RequestID, Candidates: record.Candidates, Differs: record.Differs,
		About: report.DescribeBody(r), Body: string(body),
	}, nil
}

// withoutRow copies problems without their row number, which the row already has.
func withoutRow(problems []office.Problem) []office.Problem {
	own := make([]office.Problem, len(problems))
	for i, p := range problems {
		p.Row = 0
		own[i] = p
	}
	return own
}

// plainRow is a row as the page shows it without JavaScript.
type plainRow struct {
	Row                           int
	Status                        office.Outcome
	Name, Country, Zone, OfficeID string
	Problems, Warnings            []office.Problem
}

func newPlainRow(r *pageRow) plainRow {
	return plainRow{r.Row, r.Status, r.Name, r.Country, r.Zone, r.OfficeID, r.Problems, r.Warnings}
}
