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

// maxTable limits the memory of a readingTable. Readings that many rows share, such as "yes" read as true, come up
// early.
const maxTable = 4096

// readingTable stores readings that rows share, as copies of them would be half of the page. The zero table is ready
// for use.
type readingTable struct {
	numbers map[office.Reading]int
	list    []office.Reading
}

// encode replaces each reading by its number in the table. Once the table is full, new readings are written out:
// field number, column, value, read, rule.
func (t *readingTable) encode(readings []office.Reading) []any {
	encoded := make([]any, len(readings))
	for i, r := range readings {
		if n, ok := t.number(r); ok {
			encoded[i] = n
			continue
		}
		encoded[i] = []any{fieldNumbers[r.Field], r.Column, r.Value, r.Read, r.Rule}
	}
	return encoded
}

func (t *readingTable) number(r office.Reading) (int, bool) {
	if n, ok := t.numbers[r]; ok {
		return n, true
	}
	if len(t.list) == maxTable {
		return 0, false
	}
	if t.numbers == nil {
		t.numbers = map[office.Reading]int{}
	}
	t.numbers[r] = len(t.list)
	t.list = append(t.list, r)
	return t.numbers[r], true
}

// fieldNumbers maps names to indexes of office.Fields.
var fieldNumbers = func() map[string]int {
	numbers := make(map[string]int, len(office.Fields))
	for i := range office.Fields {
		numbers[office.Fields[i].Name] = i
	}
	return numbers
}()
