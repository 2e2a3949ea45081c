package importer

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/office"
)

// A compacted journal says that its history is not complete.
func TestHistoryThatWasTakenOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	begun := office.Record{Key: "a/US", Row: 2, Name: "A", Country: "US", Outcome: office.Unknown, Attempts: 1, SentAt: time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC)}
	made := begun
	made.Outcome, made.OfficeID, made.SettledAt = office.Created, "5068549370000000", begun.SentAt.Add(time.Second)
	for _, want := range []struct {
		events    int
		compacted bool
	}{{2, false}, {1, true}} {
		journal, err := journal.Open(path, journal.Header{Server: "sandbox"})
		if err != nil {
			t.Fatal(err)
		}
		if !want.compacted {
			fillLarge(t, journal, begun, made)
		}
		e := Explanation{Journal: path}
		if err := e.addHistory(journal, made.Key); err != nil || len(e.History) != want.events || e.History[want.events-1].Outcome != office.Created {
			t.Errorf("the history is %v (%v), want %d events", e.History, err, want.events)
		}
		if e.Since.IsZero() == want.compacted {
			t.Errorf("compacted: %v, and the history is since %s", want.compacted, e.Since)
		}
		if err := journal.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// fillLarge records a row, and a list of offices that makes the journal large.
func fillLarge(t *testing.T, journal *journal.Journal, begun, made office.Record) {
	t.Helper()
	_, err1 := journal.Baseline("", slices.Repeat([]string{"5068549370000000"}, 250_000))
	err2, err3 := journal.Begin(begun), journal.Finish(made)
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			t.Fatal(err)
		}
	}
}
