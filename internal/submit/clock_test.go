package submit

import (
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// dstNight is when clocks of Berlin are put back from 3:00 to 2:00.
var dstNight = time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC)

// A run goes over the hour that comes twice as over any other: pauses, windows
// and the limit are lengths of time, and the journal's times are UTC.
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

// acrossTheChange is a run that begins 20 s before clocks are changed, with a
// pause until a date and an answer that is lost.
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

// A clock that was set back between two nights leaves records from the future:
// nothing waits for them, and what is in doubt is settled as ever.
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
		if r.Row == 3 { // killed before anything of it was known
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
