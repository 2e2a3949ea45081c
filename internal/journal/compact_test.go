package journal

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
)

// mustCompact returns the journal in memory after compaction.
func mustCompact(t testing.TB, j *Journal) (*Journal, *memoryFile) {
	t.Helper()
	lines, err := j.keptLines()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := j.writeCompacted(&out, lines, time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return openMemory(t, out.Bytes())
}

// history builds a journal as years of runs might leave it: rows that were sent, perhaps again and
// again, and what came of them.
type history struct {
	*rand.Rand
	t    *testing.T
	j    *Journal
	rows map[string]office.Record
	made int
}

var nightlyFates = []office.Outcome{office.Unknown, office.Unknown, office.Pending, office.Refused, office.Created, office.Created, office.Exists}

func randomJournal(t *testing.T, seed uint64) (*Journal, *memoryFile) {
	j, m := openMemory(t, nil)
	c := history{rand.New(rand.NewPCG(seed, 0)), t, j, map[string]office.Record{}, 0}
	for range c.IntN(6) + 1 {
		c.run()
	}
	return j, m
}

// run is one run. Like real runs it leaves rows alone that have an office.
func (c *history) run() {
	var ids []string
	for id := range c.made {
		ids = append(ids, fmt.Sprint("office ", id))
	}
	run, err := c.j.Baseline([]string{"", "primary"}[c.IntN(2)], ids)
	if err != nil {
		c.t.Fatal(err)
	}
	for range c.IntN(12) {
		key := fmt.Sprint("row ", c.IntN(12))
		r, known := c.rows[key]
		if r.Outcome == office.Created || r.Outcome == office.Exists {
			continue
		}
		if !known {
			r = office.Record{Key: office.Key(key), Name: strings.ToUpper(key), Country: "US", Run: run}
		}
		c.attempt(&r)
		c.rows[key] = r
	}
}

// attempt is one attempt of a row, with a random outcome.
func (c *history) attempt(r *office.Record) {
	r.Attempts, r.Outcome, r.SentAt = r.Attempts+1, office.Unknown, time.Date(2026, 1, r.Attempts+1, 2, 0, 0, 0, time.UTC)
	mustBegin(c.t, c.j, *r)
	if c.IntN(4) == 0 {
		return // a crash
	}
	r.Outcome, r.Doubted, r.Words = nightlyFates[c.IntN(len(nightlyFates))], c.IntN(2) == 0, strings.Repeat("so it came ", c.IntN(3))
	if r.Outcome == office.Created || r.Outcome == office.Exists {
		r.OfficeID = fmt.Sprint("office ", c.made)
		c.made++
	}
	mustFinish(c.t, c.j, *r)
}

// A compacted journal gives the same answers as before, once and again, and can be continued.
func TestCompactedAnswersAlike(t *testing.T) {
	for seed := range uint64(100) {
		j, _ := randomJournal(t, seed)
		small, _ := mustCompact(t, j)
		again, m := mustCompact(t, small)
		for what, got := range map[string]*Journal{"compacted": small, "twice": again, "reopened": reopen(t, m)} {
			if diff := cmp.Diff(answers(t, j), answers(t, got)); diff != "" {
				t.Fatalf("seed %d, %s:\n%s", seed, what, diff)
			}
			if got.Compacted().IsZero() || !j.Compacted().IsZero() {
				t.Errorf("seed %d, %s: compacted at %v, the one before at %v", seed, what, got.Compacted(), j.Compacted())
			}
		}
		for _, goOn := range []*Journal{j, again} {
			mustFinish(t, goOn, created("later", "office of later"))
		}
		if diff := cmp.Diff(answers(t, j), answers(t, reopen(t, m))); diff != "" {
			t.Fatalf("seed %d, gone on with:\n%s", seed, diff)
		}
	}
}

// answer is everything that a run may ask a journal.
type answer struct {
	Header    Header
	Runs      int
	Primary   string
	Len       int
	Counts    []int
	Records   []office.Record
	ByKey     []office.Record
	Owners    []office.Key
	Baselines []string // the lists that may be needed: run, and its list
	Err       error
}

func answers(t *testing.T, j *Journal) (a answer) {
	t.Helper()
	a = answer{Header: j.Header(), Runs: j.Runs(), Len: j.Len(), Primary: j.index.primary}
	for _, o := range office.Outcomes() {
		a.Counts = append(a.Counts, j.Count(o))
	}
	for r, err := range j.Records() {
		if err != nil {
			t.Fatal(err)
		}
		byKey, _, err := j.Record(r.Key)
		if err != nil {
			t.Fatal(err)
		}
		a.Records, a.ByKey = append(a.Records, r), append(a.ByKey, byKey)
		if needsBaseline(&r) {
			a.Baselines = append(a.Baselines, fmt.Sprint(r.Run, listOf(j, r.Run)))
		}
	}
	for id := range 80 {
		owner, _ := j.Owner(fmt.Sprint("office ", id))
		a.Owners = append(a.Owners, owner)
	}
	a.Err = j.err
	return a
}

func listOf(j *Journal, run int) (ids []string) {
	for id := range 80 {
		if id := fmt.Sprint("office ", id); j.InBaseline(run, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// A list that was dropped because no row needs it is not an empty list: asking for it all the same
// stops the run.
func TestADroppedListIsNoEmptyOne(t *testing.T) {
	j, _ := openMemory(t, nil)
	for range 2 {
		if _, err := j.Baseline("1", []string{"1", "2"}); err != nil {
			t.Fatal(err)
		}
	}
	first, second := created("a", "3"), unknown("b")
	first.Run, second.Run = 1, 2
	mustFinish(t, j, first)
	mustBegin(t, j, second)
	small, _ := mustCompact(t, j)
	if !small.InBaseline(2, "2") || small.InBaseline(2, "3") {
		t.Error("the list of the row in doubt is not what it was")
	}
	mustBegin(t, small, unknown("c"))
	if small.InBaseline(1, "2") {
		t.Error("an office was found in a list that is gone")
	}
	if err := small.Begin(unknown("d")); !errors.Is(err, ErrJournal) || !errors.Is(err, errDropped) {
		t.Errorf("after a list that is gone: %v", err)
	}
}

// History has only the latest record from before the compaction.
func TestHistoryOfACompactedRow(t *testing.T) {
	j, _ := openMemory(t, nil)
	mustBegin(t, j, unknown("a"))
	mustFinish(t, j, created("a", "1"))
	small, _ := mustCompact(t, j)
	again := created("a", "1")
	again.Words = "later"
	mustFinish(t, small, again)
	got, err := small.History("a")
	if diff := cmp.Diff([]office.Record{created("a", "1"), again}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// Damage to a compacted journal is found as in any other.
func TestDamageToACompactedJournal(t *testing.T) {
	j, _ := randomJournal(t, 7)
	_, m := mustCompact(t, j)
	whole := m.copy()
	lines := bytes.SplitAfter(whole, []byte("\n"))
	for i := range lines[:len(lines)-2] {
		var damage *DamageError
		without := bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil)
		if _, err := openOn(&memoryFile{data: without}, "j", testHeader); !errors.As(err, &damage) {
			t.Errorf("without line %d: %v", i+1, err)
		}
	}
}
