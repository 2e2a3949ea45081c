package submit

import (
	"testing"
	"testing/synctest"

	"officeimporter/internal/simulator"
)

// Every night's run settles a row that stays unknown again, and its message stays the same.
func TestWordsDoNotGrow(t *testing.T) {
	for _, fault := range []simulator.Fault{simulator.HTMLPage, simulator.Status500Before} {
		t.Run(fault.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
					if c.Method == "POST" {
						return fault
					}
					return simulator.None
				}})
				f := rowsOf(t, 1)
				w.mustRun(f)
				words := w.journal.records[f[0].Key].Words
				w.mustRun(f)
				if again := w.journal.records[f[0].Key].Words; words == "" || again != words {
					t.Errorf("the first run says %q, the second %q", words, again)
				}
			})
		})
	}
}
