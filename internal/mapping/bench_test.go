package mapping

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

// columnsOf40 are 40 headings, and the cell of each row below them.
var columnsOf40 = []struct{ heading, cell string }{
	{"name", "Office %d"}, {"country", "US"}, {"currency", "USD"}, {"plan_period", "monthly"}, {"unified_billing", "TRUE"},
	{"invoiced", "no"}, {"annual_commit_monthly_billing", "FALSE"}, {"Address", "%d Example Way"}, {"Address 2", "Floor 2"},
	{"City", "Boston"}, {"State", "Massachusetts"}, {"Zip", "02134"}, {"Billing country", "US"}, {"Billing contact", "Accounts"},
	{"Billing email", "billing@example.com"}, {"Billing phone", "+14155550100"}, {"Same address", "no"}, {"E911 address", "%d Example Way"},
	{"E911 address 2", "Floor 3"}, {"E911 city", "Boston"}, {"E911 state", "MA"}, {"E911 zip", "02134"}, {"E911 country", "US"},
	{"Main line number", "+14155550101"}, {"Time zone", "America/New_York"}, {"hours_on", "yes"}, {"Monday", "08:00-18:00"},
	{"Tuesday", "08:00-18:00"}, {"Wednesday", "8am-6pm"}, {"Thursday", "08:00-12:00; 14:00-18:00"}, {"Friday", "08:00-16:00"},
	{"Saturday", "closed"}, {"Sunday", "closed"}, {"ring_seconds", "30"}, {"Description", "Front desk"}, {"first_action", "operators"},
	{"no_operators_action", "voicemail"}, {"international_enabled", "no"}, {"auto_call_recording", "no"}, {"vi allow pause", "yes"},
}

func benchFile(b *testing.B, rows int) string {
	var file strings.Builder
	var headings, cells []string
	for _, c := range columnsOf40 {
		headings, cells = append(headings, c.heading), append(cells, `"`+c.cell+`"`)
	}
	fmt.Fprintln(&file, strings.Join(headings, ","))
	line := strings.ReplaceAll(strings.Join(cells, ","), "%d", "%[1]d")
	for i := range rows {
		fmt.Fprintf(&file, line+"\n", i)
	}
	path := filepath.Join(b.TempDir(), "offices.csv")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkRequests maps a row of 40 columns per operation, including the reading of the CSV file.
func BenchmarkRequests(b *testing.B) {
	const rows = 10_000
	m, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := parse.Open(benchFile(b, rows), sheet.Options{Known: m.Known})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	p, err := m.Bind(s)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for done := 0; done < b.N; {
		for r, err := range p.Requests() {
			if err != nil || !r.Valid() {
				b.Fatal(err, r.Problems)
			}
			if done++; done >= b.N {
				break
			}
		}
	}
}
