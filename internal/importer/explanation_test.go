package importer

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func TestEventOf(t *testing.T) {
	sent, settled := time.Unix(1000, 0).UTC(), time.Unix(2000, 0).UTC()
	tests := map[string]struct {
		record office.Record
		event  string
		at     time.Time
	}{
		"begun":    {office.Record{Outcome: office.Unknown, SentAt: sent}, EventSent, sent},
		"again":    {office.Record{Outcome: office.Unknown, SentAt: sent, Attempts: 2, Doubted: true}, EventSent, sent},
		"doubted":  {office.Record{Outcome: office.Unknown, SentAt: sent, Words: "connection reset"}, EventOutcome, sent},
		"answered": {office.Record{Outcome: office.Unknown, SentAt: sent, HTTPStatus: 502}, EventOutcome, sent},
		"created":  {office.Record{Outcome: office.Created, SentAt: sent, SettledAt: settled}, EventOutcome, settled},
		"existed":  {office.Record{Outcome: office.Exists, SettledAt: settled}, EventOutcome, settled},
		"unsent":   {office.Record{Outcome: office.Pending, SentAt: sent, SettledAt: settled}, EventOutcome, settled},
	}
	for name, tt := range tests {
		if got := eventOf(tt.record); got.Event != tt.event || !got.At.Equal(tt.at) {
			t.Errorf("%s: %s at %s, want %s at %s", name, got.Event, got.At, tt.event, tt.at)
		}
	}
}

func TestMissingRow(t *testing.T) {
	tests := map[string]struct {
		unit   string
		row    int
		says   string
		near   string
		have   []int
		header int
	}{
		"above":          {"row", 1, "stands above the headings, which are in row 3", "5", []int{5, 6}, 3},
		"heading":        {"row", 3, "holds the headings", "5", []int{5, 6}, 3},
		"first":          {"row", 4, "is blank: the first row below the headings is 5", "5", []int{5, 6}, 3},
		"between":        {"row", 7, "is blank; next to it are 6 and 8", "6", []int{5, 6, 8}, 3},
		"between, lines": {"line", 7, "belongs to the row that starts on line 6; the next one starts on line 8", "6", []int{5, 6, 8}, 3},
		"below":          {"row", 9, "is not there: the last one with anything in it is 8", "8", []int{5, 6, 8}, 3},
	}
	for name, tt := range tests {
		s := rowSearch{row: tt.row}
		for _, n := range tt.have {
			if err := s.take(office.Result{Request: office.Request{Row: n}}); err != nil {
				t.Fatal(err)
			}
		}
		err := s.missing(&File{path: "o.csv", sheet: &sheet.Sheet{Unit: tt.unit, HeaderRow: tt.header}})
		var failed *Error
		if !errors.As(err, &failed) || failed.Kind != KindNoSuchRow || !strings.HasSuffix(err.Error(), tt.says) || strconv.Itoa(failed.Row) != tt.near {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// explained returns the explanation of a row of a CSV.
func explained(t *testing.T, row int, lines ...string) *Explanation {
	t.Helper()
	path := filepath.Join(t.TempDir(), "o.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, Input{Defaults: map[string]string{"currency": "EUR", "plan_period": "monthly", "unified_billing": "no", "invoiced": "no", "annual_commit_monthly_billing": "no"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	e, err := f.Explain(row, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Every value of the request is explained once: by a cell, or as a value from no
// single cell.
func TestExplanationIsWhole(t *testing.T) {
	e := explained(t, 2, "Name,Country,Address,City,Region,Zip,Hours,Has opening hours,Remarks",
		"Kiel,DE,Markt 1,Kiel,SH,24103,Mon-Fri 8am-6pm; Sat 09:00-13:00,yes,x")
	if e.Status != office.Ready || len(e.Cells) != 9 {
		t.Fatalf("got %+v", e)
	}
	times := map[string]int{}
	for _, c := range e.Cells {
		for _, r := range c.Read {
			times[r.Field]++
		}
	}
	for _, r := range e.Given {
		times[r.Field]++
	}
	var o office.Office
	if err := json.Unmarshal(e.Request, &o); err != nil {
		t.Fatal(err)
	}
	for i := range office.Fields {
		f := &office.Fields[i]
		want := 0
		if f.Has(&o) {
			want = 1
		}
		if times[f.Name] != want {
			t.Errorf("%s is explained %d times, want %d", f.Name, times[f.Name], want)
		}
	}
	if week := e.Cells[6]; len(week.Read) != 7 || week.Read[0].Rule != "hours" || len(week.Fields) != 7 {
		t.Errorf("got %+v", week)
	}
	if last := e.Cells[8]; last.Use != "" || last.Read != nil {
		t.Errorf("got %+v", last)
	}
}
