package submit

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Rows have one name, and the first answer to each is lost. If two of them were under way at once,
// the list couldn't tell whose office is whose.
func TestRowsOfOneNameInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost), Latency: simulator.Latency{Before: 50 * time.Millisecond}})
		w.options.Keyed = true
		var f table
		for i := range 4 {
			f = append(f, keyed(row(t, i+2, "Harbor"), fmt.Sprint(i)))
		}
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// A row that never gets an answer that counts is given up after five attempts.
func TestEndOfAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: posts(simulator.Status503Before)})
		f := rowsOf(t, 1)
		w.mustRun(f)
		record := w.journal.records[f[0].Key]
		if calls := w.server.Truth().Calls[simulator.Answer{Method: "POST", Status: 503}]; calls != 5 || record.Attempts != 5 || record.Outcome != office.Unknown {
			t.Errorf("%s after %d attempts and %d calls, want unknown after 5", record.Outcome, record.Attempts, calls)
		}
	})
}

// If no answer came, the call may still be under way for as long as we would have waited.
func TestWindow(t *testing.T) {
	s := &Submitter{options: Options{Settle: 45 * time.Second, Timeout: time.Minute}}
	if got := s.window(office.Record{Answered: true}); got != 45*time.Second {
		t.Errorf("after an answer: %s, want 45s", got)
	}
	if got := s.window(office.Record{}); got != 105*time.Second {
		t.Errorf("without an answer: %s, want 105s", got)
	}
}

// scriptedAPI is an API with scripted answers: one for each creation, and a list that depends on
// how many creations there were.
type scriptedAPI struct {
	answers []api.Answer
	made    int
	list    func(made int, since time.Duration) []api.Listed
	last    time.Time
}

func (s *scriptedAPI) Create(_ context.Context, _ []byte, begin, _ func() error) (api.Answer, error) {
	if err := begin(); err != nil {
		return api.Answer{}, err
	}
	a := s.answers[s.made]
	a.Sent, a.Ended = time.Now(), time.Now()
	s.made, s.last = s.made+1, time.Now()
	return a, nil
}

func (s *scriptedAPI) List(context.Context) (*api.Listing, error) {
	return &api.Listing{Offices: s.list(s.made, time.Since(s.last)), Began: time.Now(), Ended: time.Now()}, nil
}

// The server refuses the second attempt of a row whose first is unclear. That may be because the
// office exists, so the list is checked first.
func TestRefusalMayMeanThatItIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &scriptedAPI{
			answers: []api.Answer{{Verdict: api.Ambiguous, Words: "reset"}, {Verdict: api.Rejected, Status: 400, Words: "name is taken"}},
			list: func(made int, since time.Duration) []api.Listed {
				if made == 2 && since > time.Second {
					return []api.Listed{{ID: "17", Name: "HARBOR", Country: "us"}}
				}
				return nil
			},
		}
		f, journal := table{row(t, 2, "Harbor")}, newMemoryJournal()
		s, err := New(api, limit.New(1200, time.Minute), journal, f, Options{Workers: 1, Timeout: time.Minute, Settle: 45 * time.Second, Since: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Run(t.Context(), f.requests()); err != nil {
			t.Fatal(err)
		}
		if r := journal.records[f[0].Key]; r.Outcome != office.Created || r.OfficeID != "17" {
			t.Errorf("%s, office %q, want created, office 17", r.Outcome, r.OfficeID)
		}
	})
}

// The office is listed late, after the first list, and a shifting page hides it from the first list
// after the window. That list and the one before the window are not enough to send the row again.
func TestListedLateAndHiddenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := 0
		api := &scriptedAPI{
			answers: []api.Answer{{Verdict: api.Ambiguous, Words: "no answer"}, {Verdict: api.Accepted, Status: 200, Office: api.Listed{ID: "18"}}},
			list: func(made int, since time.Duration) []api.Listed {
				if made == 0 || since < 104*time.Second {
					return nil
				}
				if lists++; lists == 1 {
					return nil // hidden
				}
				return []api.Listed{{ID: "17", Name: "Harbor", Country: "us"}}
			},
		}
		f, journal := table{row(t, 2, "Harbor")}, newMemoryJournal()
		s, err := New(api, limit.New(1200, time.Minute), journal, f, Options{Workers: 1, Timeout: time.Minute, Settle: 45 * time.Second, Since: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Run(t.Context(), f.requests()); err != nil {
			t.Fatal(err)
		}
		if r := journal.records[f[0].Key]; api.made != 1 || r.OfficeID != "17" {
			t.Errorf("sent %d times, and it is %s, office %q; want one time, office 17", api.made, r.Outcome, r.OfficeID)
		}
	})
}

// Another client creates an office of the name while the row is unclear. Either may be the row's,
// so a person decides.
func TestSeveralCandidates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &scriptedAPI{
			answers: []api.Answer{{Verdict: api.Ambiguous, Words: "no answer"}},
			list: func(made int, _ time.Duration) []api.Listed {
				if made == 0 {
					return nil
				}
				return []api.Listed{{ID: "17", Name: "Harbor", Country: "us"}, {ID: "18", Name: "Harbor", Country: "us"}}
			},
		}
		f, journal := table{row(t, 2, "Harbor")}, newMemoryJournal()
		s, err := New(api, limit.New(1200, time.Minute), journal, f, Options{Workers: 1, Timeout: time.Minute, Settle: 45 * time.Second, Since: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Run(t.Context(), f.requests()); err != nil {
			t.Fatal(err)
		}
		if r := journal.records[f[0].Key]; r.Outcome != office.Unknown || len(r.Candidates) != 2 {
			t.Errorf("%s with candidates %v, want unknown with both", r.Outcome, r.Candidates)
		}
	})
}
