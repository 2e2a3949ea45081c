package submit

import (
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// dstNight is when Berlin's clocks go back from 3:00 to 2:00.
var dstNight = time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC)

// An hour that comes twice doesn't matter to a run: pauses, windows and the limit are durations,
// and the journal's times are UTC.
func TestAcrossAChangeOfTheClocks(t *testing.T) {
	here := time.Local
	defer func() { time.Local = here }()
	took := map[string]time.Duration{}
	for _, zone := range []string{"UTC", "Europe/Berlin"} {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = location
		synctest.Test(t, func(t *testing.T) { took[zone] = runAcrossTheChange(t) })
	}
	if took["UTC"] != took["Europe/Berlin"] || took["UTC"] < 45*time.Second {
		t.Errorf("it took %v, want as long in all zones, and a settle window at least", took)
	}
}

// runAcrossTheChange runs from 20 s before the clocks change, with a pause until a date and a lost
// answer.
func runAcrossTheChange(t *testing.T) time.Duration {
	time.Sleep(time.Until(dstNight.Add(-20 * time.Second)))
	w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
		switch {
		case c.Method == "POST" && c.Number == 3:
			return simulator.TooManyDate
		case c.Method == "POST" && c.Number == 5:
			return simulator.ResetBefore
		}
		return simulator.None
	}, Latency: simulator.Latency{Before: 50 * time.Millisecond}})
	w.options.Workers = 2
	began, f := time.Now(), rowsOf(t, 20)
	w.mustRun(f)
	w.wantOnce(f)
	if !began.Before(dstNight) || !time.Now().After(dstNight) {
		t.Errorf("the run from %s to %s was not over %s", began, time.Now(), dstNight)
	}
	for _, r := range w.journal.records {
		for _, at := range []time.Time{r.SentAt, r.SettledAt} {
			if at.Location() != time.UTC || at.Before(began) || at.After(time.Now()) {
				t.Errorf("row %d has the time %s", r.Row, at)
			}
		}
	}
	return time.Since(began)
}

// A clock set back between two nights leaves records from the future. Nothing waits for those
// times, and rows are settled as usual.
func TestRecordsFromTheFuture(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{"made": simulator.AnswerLost, "not made": simulator.ResetBefore} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { fromTheFuture(t, fault) })
		})
	}
}

func fromTheFuture(t *testing.T, fault simulator.Fault) {
	w := newWorld(t, simulator.Config{Decide: first(fault)})
	f := rowsOf(t, 3)
	w.options.First = 2
	if _, err := w.run(t.Context(), f); err == nil {
		t.Fatal("the run was not stopped by --first")
	}
	for key, r := range w.journal.records {
		r.SentAt, r.SettledAt = r.SentAt.AddDate(1, 0, 0), r.SettledAt.AddDate(1, 0, 0)
		if r.Row == 3 { // killed before its answer came
			r.Outcome, r.OfficeID, r.Answered, r.Doubted, r.SettledAt = office.Unknown, "", false, false, time.Time{}
		}
		w.journal.records[key] = r
	}
	began := time.Now()
	w.options.First = 0
	w.mustRun(f)
	w.wantOnce(f)
	if took := time.Since(began); took > 10*time.Minute {
		t.Errorf("it took %s", took)
	}
}
