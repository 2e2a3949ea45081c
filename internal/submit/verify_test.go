package submit

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/simulator"
)

// An office that an earlier run created and this one found isn't counted as this run's.
func TestSumLeavesOutWhatAnEarlierRunMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.HangAfter)})
		f := rowsOf(t, 2)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if _, err := w.run(ctx, f[:1]); err == nil {
			t.Fatal("the first run was not interrupted")
		}
		w.mustRun(f)
		sum, err := w.last.Verify(t.Context())
		if err != nil || sum.Before != 2 || sum.After != 3 || sum.Created != 1 || sum.Others() != 0 || len(sum.Missing) > 0 {
			t.Errorf("%+v, %v", sum, err)
		}
	})
}

// If the last list fails, the run is not finished: the next one checks and reports.
func TestRunWithoutItsLastListIsNotOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		resent := false
		w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
			switch {
			case c.Method == "POST" && c.Attempt == 1:
				return simulator.Status500Before
			case c.Method == "POST":
				resent = true
			case resent:
				return simulator.Status500Before
			}
			return simulator.None
		}})
		f := rowsOf(t, 1)
		_, err := w.run(t.Context(), f)
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopNoList || !strings.Contains(stop.Message, "rows were sent again") {
			t.Fatalf("the run ended with %v", err)
		}
		if record := w.journal.records[f[0].Key]; !record.Doubted {
			t.Error("nothing is left for the next run to look at")
		}
	})
}
