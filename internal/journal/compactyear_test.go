package journal

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"officeimporter/internal/office"
)

// A file of 4,636 rows is imported every night for a year, and grows by a row each night to 5,000.
// The journal stays small, and knows every row in the end.
func TestAYearOfNights(t *testing.T) {
	if testing.Short() {
		t.Skip("reads gigabytes")
	}
	const nights, first = 365, 4636
	path := filepath.Join(t.TempDir(), "j")
	var ids []string
	var written, largest int64
	for range nights {
		j := openFile(t, path)
		start := j.end
		ids = importNight(t, j, ids, max(1, first-len(ids)))
		written, largest = written+j.end-start, max(largest, j.end)
		mustClose(t, j)
	}
	j := openFile(t, path)
	defer mustClose(t, j)
	if rows := first + nights - 1; j.Len() != rows || j.Count(office.Created) != rows || j.Runs() != nights {
		t.Errorf("%d rows, %d created, %d runs", j.Len(), j.Count(office.Created), j.Runs())
	}
	t.Logf("%.1f MB were written; the journal never had more than %.1f MB, and has %.1f MB", mb(written), mb(largest), mb(j.end))
	if largest > 3*compactFrom {
		t.Errorf("the journal has grown to %.1f MB", mb(largest))
	}
}

// importNight is a run that creates this many rows, whose lines share a sync.
func importNight(t *testing.T, j *Journal, ids []string, rows int) []string {
	t.Helper()
	run, err := j.Baseline("5068549370000000", ids)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]byte
	for range rows {
		name := fmt.Sprintf("Store number %d", len(ids))
		r := office.Record{Key: office.NameKey("", name, "US"), Row: len(ids) + 2, Name: name, Country: "US", Outcome: office.Unknown, Attempts: 1,
			SentAt: time.Date(2026, 11, 3, 2, 0, 0, len(ids), time.UTC), Run: run}
		lines = append(lines, recordLine(t, begin, r))
		r.Outcome, r.OfficeID, r.HTTPStatus, r.SettledAt = office.Created, fmt.Sprint(5068549370000000+len(ids)), 200, r.SentAt
		lines = append(lines, recordLine(t, finish, r))
		ids = append(ids, r.OfficeID)
	}
	if err := j.write(lines); err != nil {
		t.Fatal(err)
	}
	return ids
}

func recordLine(t *testing.T, k kind, r office.Record) []byte {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return content(k, r.Outcome.String(), fmt.Sprintf("%x", office.HashOf(string(r.Key))), r.OfficeID, text)
}

func mb(bytes int64) float64 { return float64(bytes) / 1e6 }
