package submit

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// memoryJournal is a journal that survives the "crash" of a Submitter, as the journal's file would.
type memoryJournal struct {
	mu        sync.Mutex
	records   map[office.Key]office.Record
	baselines []map[string]bool
	begins    int
	fail      error // what the next writes fail with
}

func newMemoryJournal() *memoryJournal {
	return &memoryJournal{records: map[office.Key]office.Record{}}
}

func (m *memoryJournal) put(r office.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.records[r.Key] = r
	return nil
}

func (m *memoryJournal) Begin(r office.Record) error {
	m.mu.Lock()
	m.begins++
	m.mu.Unlock()
	return m.put(r)
}

func (m *memoryJournal) Finish(r office.Record) error { return m.put(r) }

func (m *memoryJournal) Held(office.Key) error { return nil }

func (m *memoryJournal) UnderWay(office.Key, office.Name) bool { return false }

func (m *memoryJournal) Orphans(start bool) (orphans []office.Record, err error) {
	for r := range m.Records(office.Unknown) {
		if start {
			orphans = append(orphans, r)
		}
	}
	return orphans, nil
}

func (m *memoryJournal) Baseline(_ string, ids []string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	base := map[string]bool{}
	for _, id := range ids {
		base[id] = true
	}
	m.baselines = append(m.baselines, base)
	return len(m.baselines), m.fail
}

func (m *memoryJournal) InBaseline(run int, id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return run > 0 && m.baselines[run-1][id]
}

func (m *memoryJournal) Record(key office.Key) (office.Record, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.records[key]
	return r, ok, nil
}

func (m *memoryJournal) Records(with ...office.Outcome) iter.Seq2[office.Record, error] {
	return m.RecordsWhere(func(mark office.RowInfo) bool { return len(with) == 0 || slices.Contains(with, mark.Outcome) })
}

func (m *memoryJournal) RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error] {
	m.mu.Lock()
	var all []office.Record
	for _, r := range m.records {
		if wanted(office.RowInfo{Key: r.Key.Hash(), Outcome: r.Outcome, Doubted: r.Doubted}) {
			all = append(all, r)
		}
	}
	m.mu.Unlock()
	return func(yield func(office.Record, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memoryJournal) Owner(id string) (office.Key, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, r := range m.records {
		if r.OfficeID == id && (r.Outcome == office.Created || r.Outcome == office.Exists) {
			return key, true
		}
	}
	return "", false
}

// table is a file: its rows in order.
type table []*office.Request

func (f table) Has(key office.Hash) bool {
	return slices.ContainsFunc(f, func(r *office.Request) bool { return r.Key.Hash() == key })
}

func (f table) SameName(n office.Name) (same int) {
	for _, r := range f {
		if r.Valid() && office.NameOf(r.Office.Name, r.Office.Country) == n {
			same++
		}
	}
	return same
}

func (f table) requests() iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		for _, r := range f {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// row makes a valid row. Each edit may change its office before it is sealed.
func row(t testing.TB, number int, name string, edit ...func(*office.Office)) *office.Request {
	t.Helper()
	no := false
	o := office.Office{Name: name, Country: "US", Currency: "USD", PlanPeriod: "monthly", UnifiedBilling: &no, Invoiced: &no, AnnualCommitMonthlyBilling: &no,
		BillingAddress:   office.BillingAddress{AddressLine1: fmt.Sprintf("%d Example Way", number), City: "Boston", Region: "MA", PostalCode: "02134", Country: "US"},
		E911Address:      office.E911Address{Address: fmt.Sprintf("%d Example Way", number), City: "Boston", State: "MA", Zip: "02134", Country: "US"},
		GroupDescription: fmt.Sprintf("row %d", number)}
	for _, e := range edit {
		e(&o)
	}
	r := &office.Request{Row: number, Key: office.NameKey("", o.Name, o.Country), Office: o}
	if problems, _ := office.Validate(&o); len(problems) > 0 {
		t.Fatalf("row %d is not valid: %v", number, problems)
	}
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	return r
}

func rowsOf(t testing.TB, n int) table {
	var f table
	for i := range n {
		f = append(f, row(t, i+2, fmt.Sprintf("Office %d", i+2)))
	}
	return f
}

// world is a server, and the journal of the runs that call it. Use it in a synctest bubble.
type world struct {
	t       testing.TB
	server  *simulator.Server
	pipes   *apitest.Pipes
	journal *memoryJournal
	options Options
	limiter *limit.Limiter // nil: Dialpad's documented limit
	said    []string
	last    *Submitter // the last one that ran
}

func newWorld(t testing.TB, config simulator.Config) *world {
	w := &world{t: t, server: simulator.New(config), pipes: apitest.NewPipes(), journal: newMemoryJournal(),
		options: Options{Workers: 64, Timeout: time.Minute, Settle: 45 * time.Second}}
	go func() { _ = w.server.Serve(w.pipes) }()
	t.Cleanup(func() { _ = w.server.Close() })
	return w
}

// run runs a file until the run ends or is cancelled.
func (w *world) run(ctx context.Context, f table) ([]Surplus, error) {
	w.t.Helper()
	limiter := w.limiter
	if limiter == nil {
		limiter = limit.New(1200, time.Minute)
	}
	client := api.New(api.Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Key: api.NewSecret("key"), Timeout: w.options.Timeout, Dial: w.pipes.Dial}, limiter)
	defer client.Close()
	o := w.options
	o.Since = time.Now()
	o.Say = func(text string) { w.said = append(w.said, text) }
	s, err := New(client, limiter, w.journal, f, o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.last = s
	return s.Run(ctx, f.requests())
}

// mustRun runs a file and fails the test unless the run ends well.
func (w *world) mustRun(f table) {
	w.t.Helper()
	surplus, err := w.run(w.t.Context(), f)
	if err != nil || len(surplus) > 0 {
		w.t.Fatalf("run: %v, surplus %v; it said:\n%s", err, surplus, strings.Join(w.said, "\n"))
	}
}

// outcome returns a row's outcome in the journal.
func (w *world) outcome(r *office.Request) office.Outcome { return w.journal.records[r.Key].Outcome }

// wantOnce checks that every row was created exactly once, and that the journal has the server's id
// for it.
func (w *world) wantOnce(f table) {
	w.t.Helper()
	created := map[string]simulator.Creation{}
	for _, c := range w.server.Truth().Created {
		created[c.ID] = c
	}
	if len(created) != len(f) {
		w.t.Errorf("%d offices were created, want %d", len(created), len(f))
	}
	for _, r := range f {
		record := w.journal.records[r.Key]
		c, ok := created[record.OfficeID]
		if record.Outcome != office.Created || !ok || string(c.Body) != string(r.Body) {
			w.t.Errorf("row %d: journal says %s, office %q (%s); the server created %+v", r.Row, record.Outcome, record.OfficeID, record.Words, c.Name)
		}
		delete(created, record.OfficeID)
	}
	for _, c := range created {
		w.t.Errorf("office %s %q (fault %s) belongs to no row", c.ID, c.Name, c.Fault)
	}
}

// first injects a fault into the first POST of each body.
func first(fault simulator.Fault) func(simulator.Call) simulator.Fault {
	return func(c simulator.Call) simulator.Fault {
		if c.Method == "POST" && c.Attempt == 1 {
			return fault
		}
		return simulator.None
	}
}
