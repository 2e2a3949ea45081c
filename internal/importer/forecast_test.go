package importer

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/office"
)

// forecastOf returns the forecast of a file with these lines.
func forecastOf(t *testing.T, journal *journal.Journal, lines ...string) (*File, rowSet, *Forecast) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "offices.csv")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	j, err := Open(file, Input{Defaults: map[string]string{"country": "US", "currency": "USD", "plan_period": "monthly", "unified_billing": "no", "invoiced": "yes",
		"annual_commit_monthly_billing": "no", "billing_address.country": "US", "use_same_address": "yes"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	all := companyRuns{{journal: journal}}
	summary, err := j.forecast(all, &Sending{})
	if err != nil {
		t.Fatal(err)
	}
	return j, all[0].open, summary
}

const forecastHeading = "name,billing_address.address_line_1,billing_address.city,billing_address.region,billing_address.postal_code"

func forecastLine(name string, number int) string {
	return fmt.Sprintf("%s,%d Main Street,Boston,MA,02110", name, number)
}

// A forecast takes into account the rows that have left the file, though it knows them
// only after reading the file.
func TestForecastKnowsRowsThatLeft(t *testing.T) {
	before := []string{forecastHeading, forecastLine("Boston", 1), forecastLine("Quincy", 2), forecastLine("Salem", 3)}
	j, _, summary := forecastOf(t, new(journal.Journal), before...)
	if summary.Count(office.Ready) != 3 {
		t.Fatalf("of the first file %d are ready", summary.Count(office.Ready))
	}
	journal, err := journal.Open(filepath.Join(t.TempDir(), "j"), journal.Header{Server: "s"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = journal.Close() })
	created(t, j, journal)

	_, open, summary := forecastOf(t, journal, append(before, forecastLine("Lynn", 4))...)
	if summary.Count(office.Created) != 3 || summary.Count(office.Ready) != 1 || !open.isAmong(5, 2, 3, 4) {
		t.Errorf("of a file that grew: %d created, %d ready, open %v", summary.Count(office.Created), summary.Count(office.Ready), open)
	}
	_, open, summary = forecastOf(t, journal, forecastHeading, forecastLine("Boston", 1), forecastLine("Quincy Market", 2), forecastLine("Lynn", 4))
	if summary.Count(office.Created) != 1 || summary.Count(office.Invalid) != 1 || summary.Count(office.Ready) != 1 || !open.isAmong(4, 2, 3) {
		t.Errorf("of a file with a renamed row: %d created, %d invalid, %d ready, open %v", summary.Count(office.Created), summary.Count(office.Invalid), summary.Count(office.Ready), open)
	}
}

// isAmong reports whether the set has one row and none of the others.
func (s rowSet) isAmong(one int, others ...int) bool {
	return s.has(one) && !slices.ContainsFunc(others, s.has)
}

// created records in a journal that all rows of a file were created.
func created(t *testing.T, j *File, journal *journal.Journal) {
	t.Helper()
	for r, err := range j.plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		if err := journalRow(journal, r); err != nil {
			t.Fatal(err)
		}
	}
}

// journalRow records that a row was created by its first attempt.
func journalRow(journal *journal.Journal, r *office.Request) error {
	record := office.Record{Key: r.Key, Row: r.Row, Name: r.Office.Name, Country: r.Office.Country, Digest: r.Digest, Rest: r.Rest(),
		Outcome: office.Unknown, Attempts: 1, SentAt: time.Now().UTC(), Run: 1}
	if err := journal.Begin(record); err != nil {
		return err
	}
	record.Outcome, record.HTTPStatus, record.SettledAt = office.Created, http.StatusOK, time.Now().UTC()
	record.OfficeID = strconv.Itoa(5_000_000_000_000_000 + r.Row)
	return journal.Finish(record)
}

func TestRowSet(t *testing.T) {
	var s rowSet
	rows := []int{0, 1, 63, 64, 1000}
	for _, row := range rows {
		s.add(row)
	}
	for row := range 2000 {
		if s.has(row) != slices.Contains(rows, row) {
			t.Errorf("row %d: %t", row, s.has(row))
		}
	}
}
