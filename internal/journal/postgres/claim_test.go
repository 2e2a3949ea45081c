//go:build unix

package postgres

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/journal/postgres/pgtest"
	"officeimporter/internal/office"
)

// openProcess opens the journal as another process would.
func openProcess(t *testing.T, s *pgtest.Server, edit ...func(*Options)) *Journal {
	t.Helper()
	o := Options{Server: "https://example.com", Command: "run", Program: "test", Input: "/data/offices.csv", FileStem: "offices", Lease: time.Minute, Patience: 10 * time.Second}
	for _, e := range edit {
		e(&o)
	}
	j, err := Open(t.Context(), s.URL(true), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	if _, err := j.Baseline("1", []string{"1", "2"}); err != nil {
		t.Fatal(err)
	}
	return j
}

// attempt returns the record of a Begin.
func attempt(name string, attempts int) office.Record {
	return office.Record{Key: office.NameKey("", name, "US"), Row: 2, Name: name, Country: "US", Outcome: office.Unknown, Attempts: attempts, SentAt: time.Now().UTC(), Run: 1}
}

func withOutcome(r office.Record, o office.Outcome, id string) office.Record {
	r.Outcome, r.OfficeID, r.SettledAt = o, id, time.Now().UTC()
	return r
}

// expireLease makes the lease of a process run out, as the database sees it.
func expireLease(s *pgtest.Server, j *Journal) {
	s.Query(fmt.Sprintf("UPDATE importer.runs SET lease_until = clock_timestamp() - interval '1 s' WHERE id = %d", j.run))
}

func want(t *testing.T, what string, err, wanted error) {
	t.Helper()
	if !errors.Is(err, wanted) || wanted == nil && err != nil {
		t.Errorf("%s: got %v, want %v", what, err, wanted)
	}
}

func TestClaims(t *testing.T) {
	s := pgtest.Start(t)
	a, b := openProcess(t, s), openProcess(t, s)
	boston := attempt("Boston", 1)
	want(t, "first begin", a.Begin(boston), nil)
	want(t, "a row that another process has", b.Begin(boston), office.ErrTaken)
	other := boston
	other.Key = "#17"
	want(t, "another row of the name", b.Begin(other), office.ErrTaken)
	want(t, "an office of the name found in the list", b.Finish(withOutcome(office.Record{Key: "#17", Name: "Boston", Country: "US"}, office.Exists, "9")), office.ErrTaken)
	if !b.UnderWay(boston.Key, "") || !b.UnderWay("", office.NameOf("boston", "us")) || a.UnderWay(boston.Key, "") {
		t.Error("what is under way is not known")
	}
	want(t, "held by the one that began", a.Held(boston.Key), nil)
	want(t, "held by the other", b.Held(boston.Key), errLapsed)
	want(t, "what came of it, by the other", b.Finish(withOutcome(boston, office.Pending, "")), office.ErrTaken)
	want(t, "what came of it", a.Finish(withOutcome(boston, office.Created, "9")), nil)
	want(t, "sent again by the other", b.Begin(attempt("Boston", 2)), office.ErrTaken)
	want(t, "the other row, the name being free", b.Begin(other), nil)
	if r, known, err := b.Record(boston.Key); !known || err != nil || r.Outcome != office.Created || r.OfficeID != "9" {
		t.Errorf("got %+v, %t, %v", r, known, err)
	}
	if key, owned := b.Owner("9"); !owned || key != boston.Key {
		t.Errorf("office 9 is of %q", key)
	}
	if history, err := a.History(boston.Key); len(history) != 3 || err != nil { // begin, b's late record, finish
		t.Errorf("got %d records, %v", len(history), err)
	}
}

// A row that was refused or taken back since a process read it is not sent by that process.
func TestBeginOfWhatWasReadBefore(t *testing.T) {
	s := pgtest.Start(t)
	a, b := openProcess(t, s), openProcess(t, s)
	kiel := attempt("Kiel", 1)
	want(t, "begin", a.Begin(kiel), nil)
	want(t, "refused", a.Finish(withOutcome(kiel, office.Refused, "")), nil)
	want(t, "begin of a row thought new", b.Begin(kiel), office.ErrTaken)
	kiel.Attempts = 2
	want(t, "begin of a row known to be refused", b.Begin(kiel), nil)
	kiel.Attempts = 1
	want(t, "taken back", b.Finish(withOutcome(kiel, office.Pending, "")), nil)
	kiel.Attempts = 2
	want(t, "again", a.Begin(kiel), nil)
}

func TestTakeover(t *testing.T) {
	s := pgtest.Start(t)
	a, b, c := openProcess(t, s), openProcess(t, s), openProcess(t, s)
	oslo := attempt("Oslo", 1)
	want(t, "begin", a.Begin(oslo), nil)
	if got, err := b.Orphans(true); len(got) != 0 || err != nil {
		t.Fatalf("took over what is held: %v, %v", got, err)
	}
	expireLease(s, a)
	var took [2][]office.Record
	var both sync.WaitGroup
	for i, j := range []*Journal{b, c} {
		both.Go(func() { took[i], _ = j.Orphans(false) })
	}
	both.Wait()
	if len(took[0])+len(took[1]) != 1 {
		t.Fatalf("taken over by %d and %d", len(took[0]), len(took[1]))
	}
	heir, other := b, c
	if len(took[1]) == 1 {
		heir, other = c, b
	}
	a.renew(t.Context())
	want(t, "the dead one awakes", a.Held(oslo.Key), errLapsed)
	want(t, "and takes it back", a.Finish(withOutcome(oslo, office.Pending, "")), office.ErrTaken)
	want(t, "the third one", other.Finish(withOutcome(oslo, office.Pending, "")), office.ErrTaken)
	want(t, "the heir settles it", heir.Finish(withOutcome(oslo, office.Pending, "")), nil)
	want(t, "the dead one's answer comes: it is the truth", a.Finish(withOutcome(oslo, office.Created, "77")), nil)
	want(t, "so the heir doesn't send it again", heir.Begin(attempt("Oslo", 2)), office.ErrTaken)
}

// A process that lost a row can't take it back or settle it, because what it knows about the row is
// out of date.
func TestLostForGood(t *testing.T) {
	s := pgtest.Start(t)
	a, b, c := openProcess(t, s), openProcess(t, s), openProcess(t, s)
	oslo := attempt("Oslo", 1)
	want(t, "begin", a.Begin(oslo), nil)
	for _, turn := range []struct{ from, to *Journal }{{a, b}, {b, c}} {
		expireLease(s, turn.from)
		if got, err := turn.to.Orphans(false); len(got) != 1 || err != nil {
			t.Fatalf("got %v, %v", got, err)
		}
	}
	a.renew(t.Context())
	b.renew(t.Context())
	expireLease(s, c)
	if got, err := b.Orphans(true); len(got) != 0 || err != nil {
		t.Errorf("taken back: %v, %v", got, err)
	}
	want(t, "settled by one that has lost it", b.Finish(withOutcome(oslo, office.Pending, "")), office.ErrTaken)
	want(t, "taken back by the first one", a.Finish(withOutcome(func() office.Record { r := oslo; r.Attempts = 0; return r }(), office.Pending, "")), office.ErrTaken)
	if b.UnderWay(oslo.Key, "") || !openProcess(t, s).UnderWay(oslo.Key, "") {
		t.Error("who waits for it?")
	}
}

// A lapse ends what was begun before it, whether or not it was taken over.
func TestLapseOutlivesNoRenewal(t *testing.T) {
	s := pgtest.Start(t)
	a := openProcess(t, s)
	rome := attempt("Rome", 1)
	want(t, "begin", a.Begin(rome), nil)
	expireLease(s, a)
	a.renew(t.Context())
	want(t, "after the lapse", a.Held(rome.Key), errLapsed)
	want(t, "taken back", a.Finish(withOutcome(func() office.Record { r := rome; r.Attempts = 0; return r }(), office.Pending, "")), nil)
	want(t, "begun anew", a.Begin(rome), nil)
	want(t, "held anew", a.Held(rome.Key), nil)
}

// What a finished process left for a person is checked by the next run, not by those already
// running.
func TestUnknownForGood(t *testing.T) {
	s := pgtest.Start(t)
	a, b := openProcess(t, s), openProcess(t, s)
	bern := attempt("Bern", 1)
	want(t, "begin", a.Begin(bern), nil)
	want(t, "given up", a.Finish(withOutcome(bern, office.Unknown, "")), nil)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Orphans(false); len(got) != 0 || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := b.Orphans(true); len(got) != 1 || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

// Two rows of one name in two files are one office, but in one file they are two.
func TestNameOfAnotherFile(t *testing.T) {
	s := pgtest.Start(t)
	a, b := openProcess(t, s), openProcess(t, s, func(o *Options) { o.FileStem = "other" })
	want(t, "begin", a.Begin(attempt("Bonn", 1)), nil)
	want(t, "made", a.Finish(withOutcome(attempt("Bonn", 1), office.Created, "50")), nil)
	keyed := attempt("Bonn", 1)
	keyed.Key = "#50"
	want(t, "another file's row of the name, its list being older", b.Begin(keyed), office.ErrStale)
	if _, err := b.Baseline("1", []string{"1", "2", "50"}); err != nil {
		t.Fatal(err)
	}
	want(t, "its list has the office", b.Begin(keyed), nil)
}

// Many processes start at once on an empty database.
func TestMigrationAtOnce(t *testing.T) {
	s := pgtest.Start(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			j, err := Open(t.Context(), s.URL(true), Options{Server: "https://example.com", Lease: time.Minute, Patience: 20 * time.Second})
			if err != nil {
				t.Error(err)
				return
			}
			_ = j.Close()
		})
	}
	all.Wait()
	if got := s.Query("SELECT count(*), count(DISTINCT company) FROM importer.runs"); got != "8|1" {
		t.Errorf("got %s", got)
	}
}
