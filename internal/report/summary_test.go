package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/report/reporttest"
)

func testSummary(t *testing.T) *Summary {
	s := &Summary{File: "offices.xlsx", Sheet: "Sites", Server: "sandbox", Plan: "3f9a-c21b-77e0", Journal: "offices.sandbox.journal",
		Reports: []string{"offices.report.csv"}, Stopped: "--first 5", Next: []string{"importer run offices.xlsx --server sandbox"}}
	for _, r := range reporttest.Results(t) {
		s.Add(r)
	}
	for row := range 1204 {
		s.Add(office.Result{Outcome: office.Invalid, Request: office.Request{Row: 100 + row, Problems: []office.Problem{
			{Field: "billing_address.region", Kind: office.Missing, Message: "is empty"},
			{Field: "billing_address.postal_code", Kind: "bad_zip", Message: fmt.Sprintf(`"%d" has 4 digits, a US zip has 5`, row)},
			{Field: "billing_address.postal_code", Kind: "bad_zip", Message: "a second one of the row"}}}})
	}
	s.Read = 1204 + len(reporttest.Results(t))
	return s
}

func TestSummary(t *testing.T) {
	s := testSummary(t)
	var text, object strings.Builder
	if err := errors.Join(s.Check(), s.WriteText(&text), s.WriteJSON(&object)); err != nil {
		t.Fatal(err)
	}
	reporttest.Golden(t, "summary.txt", text.String())
	reporttest.Golden(t, "summary.json", object.String())
	if got := s.NeedsPerson(); got != 1204+3 {
		t.Errorf("%d rows need a person", got)
	}
}

func TestRowsThatAreLostAreLoud(t *testing.T) {
	s := &Summary{File: "f.csv", Read: 2}
	s.Add(office.Result{Outcome: office.Created})
	var miscount *MiscountError
	if err := s.Check(); !errors.As(err, &miscount) || *miscount != (MiscountError{Read: 2, Added: 1}) {
		t.Errorf("got %v", err)
	}
	var text, object strings.Builder
	if err := errors.Join(s.WriteText(&text), s.WriteJSON(&object)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text.String(), "ERROR: the counts don't add up: 2 rows") || !strings.Contains(object.String(), `"fault":"the counts`) {
		t.Errorf("nothing is said:\n%s\n%s", &text, &object)
	}
	s.Add(office.Result{Outcome: 99})
	if s.Check() == nil {
		t.Error("an outcome that there is not was counted")
	}
}

func TestWordsOfTheServerAreBounded(t *testing.T) {
	s := &Summary{Read: 1000}
	for row := range 1000 {
		s.Add(office.Result{Outcome: office.Refused, Request: office.Request{Row: row + 2}, Record: office.Record{Words: fmt.Sprintf("request %d", row)}})
	}
	groups := s.Problems.Sorted()
	if len(groups) != maxWords+1 || groups[0].Count != 1000-maxWords || !groups[0].Varied || len(groups[0].Rows) != groupRows {
		t.Errorf("%d groups, the first is %+v", len(groups), groups[0])
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1204: "1,204", 123456: "123,456", 1234567: "1,234,567"} {
		if got := Thousands(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
