package submit

import (
	"flag"
	"os"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/limit"
)

// Times for runs over a cable. A time-out that a call should reach is short; the others are too
// long to be reached even on a slow machine.
const (
	patient   = 20 * time.Second
	impatient = 500 * time.Millisecond
	shortly   = 500 * time.Millisecond // the settle window
)

func TestMain(m *testing.M) {
	flag.Parse()
	// The parallel tests here wait far more than they compute.
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// The first call of a run hits a broken connection, and another run follows. Each office must exist
// once, and never be called created without existing.
func TestRunsOverABadCable(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		trouble breakPlan
		timeout time.Duration
		idle    bool // the connections break before the call
	}{
		{"slow", breakPlan{up: everything, down: everything, latency: 30 * time.Millisecond}, patient, false},
		{"narrow", breakPlan{up: everything, down: everything, rate: 8 << 10}, patient, false},
		{"first byte closes", breakPlan{up: 0, down: everything, how: closes}, patient, false},
		{"first byte resets", breakPlan{up: 0, down: everything, how: resets}, patient, false},
		{"first byte into silence", breakPlan{up: 0, down: everything, how: fallsSilent}, impatient, false},
		{"cut in the request", breakPlan{up: 300, down: everything, how: closes}, patient, false},
		{"reset in the request", breakPlan{up: 300, down: everything, how: resets}, patient, false},
		{"slow close in the request", breakPlan{up: 300, down: everything, how: closesLate}, patient, false},
		{"silence in the request", breakPlan{up: 300, down: everything, how: fallsSilent}, impatient, false},
		{"half-open in the request", breakPlan{up: 300, down: everything, how: halfOpen}, impatient, false},
		{"closed before the answer", breakPlan{up: everything, down: 0, how: closes}, patient, false},
		{"reset before the answer", breakPlan{up: everything, down: 0, how: resets}, patient, false},
		{"slow close before the answer", breakPlan{up: everything, down: 0, how: closesLate}, patient, false},
		{"silence before the answer", breakPlan{up: everything, down: 0, how: fallsSilent}, impatient, false},
		{"half-open before the answer", breakPlan{up: everything, down: 0, how: halfOpen}, impatient, false},
		{"cut in the answer", breakPlan{up: everything, down: 300, how: closes}, patient, false},
		{"silence in the answer", breakPlan{up: everything, down: 300, how: fallsSilent}, impatient, false},
		{"closed while idle", breakPlan{up: everything, down: everything, how: closes}, patient, true},
		{"reset while idle", breakPlan{up: everything, down: everything, how: resets}, patient, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			overBoth(t, func(t *testing.T, f *tcpServer) {
				c := newCable(t, f.address())
				rows, journal := rowsOf(t, 2), &triggerJournal{memoryJournal: newMemoryJournal()}
				journal.trigger = func() {
					c.arm(test.trouble)
					if test.idle {
						c.breakAll(test.trouble.how)
					}
				}
				for range 2 {
					runOver(t, f, c, journal, rows, test.timeout)
					noneTwice(t, f, journal, rows)
				}
				w := &world{t: t, server: f.simulator, journal: journal.memoryJournal}
				w.wantOnce(rows)
			})
		})
	}
}

// triggerJournal calls trigger at its first Begin, when a call is about to leave.
type triggerJournal struct {
	*memoryJournal
	once    sync.Once
	trigger func()
}

func (j *triggerJournal) Begin(r office.Record) error {
	j.once.Do(j.trigger)
	return j.memoryJournal.Begin(r)
}

func runOver(t *testing.T, f *tcpServer, c *cable, journal Journal, rows table, timeout time.Duration) {
	t.Helper()
	limiter := limit.New(6000, time.Minute)
	client := f.client(c.address(), limiter, timeout)
	defer client.Close()
	s, err := New(client, limiter, journal, rows, Options{Workers: 4, Timeout: impatient, Settle: shortly, Since: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if surplus, err := s.Run(t.Context(), rows.requests()); err != nil || len(surplus) > 0 {
		t.Errorf("%v, surplus %v", err, surplus)
	}
}

// noneTwice checks that no row has two offices, and that what the journal calls created exists
// under that id.
func noneTwice(t *testing.T, f *tcpServer, journal *triggerJournal, rows table) {
	t.Helper()
	ids := map[string]string{}
	for _, c := range f.simulator.Truth().Created {
		ids[c.ID] = c.Name
	}
	for _, r := range rows {
		if n := f.times(r.Office.Name); n > 1 {
			t.Errorf("%s was created %d times", r.Office.Name, n)
		}
		if record := journal.records[r.Key]; record.Outcome == office.Created && ids[record.OfficeID] != r.Office.Name {
			t.Errorf("%s is said to be office %q, which is %q", r.Office.Name, record.OfficeID, ids[record.OfficeID])
		}
	}
}
