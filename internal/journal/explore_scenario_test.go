package journal

import (
	"iter"
	"slices"
	"testing"
	"time"

	"officeimporter/internal/office"
)

// scenario is a file of two rows, how it is edited between runs, and how it is sent.
type scenario struct {
	name    string
	workers int
	keyed   bool            // a key column identifies the rows
	slow    time.Duration   // time between two rows of the file
	compact bool            // the journal is compacted before each run
	tooLate bool            // offices may appear after the window, which breaks the assumption
	there   []*serverOffice // offices from before
	files   []fileRows      // the versions of the file, as a person edits it

	who map[office.Key]string    // which row has the key, whatever it is called
	of  map[office.Digest]string // which row has the body
}

// fileRows are the rows of a file.
type fileRows []*office.Request

// Has reports whether a row has the key.
func (f fileRows) Has(key office.Hash) bool {
	return slices.ContainsFunc(f, func(r *office.Request) bool { return r.Key.Hash() == key })
}

// SameName returns how many rows have a name and country.
func (f fileRows) SameName(n office.Name) (same int) {
	for _, r := range f {
		if nameOf(r) == n {
			same++
		}
	}
	return same
}

func nameOf(r *office.Request) office.Name { return office.NameOf(r.Office.Name, r.Office.Country) }

// feed yields the rows one by one, as slowly as the scenario says.
func (s *scenario) feed(l *modelRun) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		for i, r := range l.file {
			if i > 0 && s.slow > 0 && !l.pause(s.slow) || !yield(r, nil) {
				return
			}
		}
	}
}

// row is a row: who it really is, its key column (empty: none), name, and the rest.
type row struct{ who, key, name, street string }

// file adds a version of the file.
func (s *scenario) file(t testing.TB, rows ...row) {
	t.Helper()
	var f fileRows
	for i, c := range rows {
		o := office.Office{Name: c.name, Country: "US", E911Address: office.E911Address{Address: c.street}}
		r := &office.Request{Row: i + 2, Key: office.NameKey("", c.name, "US"), Office: o}
		if c.key != "" {
			r.Key = office.ColumnKey("", c.key)
		}
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		s.who[r.Key], s.of[r.Digest] = c.who, c.who
		f = append(f, r)
	}
	s.files = append(s.files, f)
}

func newScenario(t testing.TB, name string, versions ...[]row) *scenario {
	s := &scenario{name: name, workers: 1, who: map[office.Key]string{}, of: map[office.Digest]string{}}
	for _, rows := range versions {
		s.file(t, rows...)
	}
	return s
}

// with changes a scenario from the usual.
func (s *scenario) with(set func(*scenario)) *scenario {
	set(s)
	return s
}

// scenarios returns all scenarios to explore.
func scenarios(t testing.TB) []*scenario {
	a, b := row{"A", "", "Harbor", "1 Way"}, row{"B", "", "Depot", "2 Way"}
	a1, b1 := row{"A", "1", "Harbor", "1 Way"}, row{"B", "2", "Harbor", "2 Way"}
	keyed := func(s *scenario) { s.keyed = true }
	two := func(s *scenario) { s.workers = 2 }
	return []*scenario{
		newScenario(t, "two names", []row{a, b}),
		newScenario(t, "two names, two workers", []row{a, b}).with(two),
		newScenario(t, "one name", []row{a1, b1}).with(keyed),
		newScenario(t, "one name, two workers", []row{a1, b1}).with(keyed).with(two),
		newScenario(t, "one name, slow file", []row{a1, b1}).with(keyed).with(func(s *scenario) { s.slow = 120 * time.Second }),
		newScenario(t, "offices from before", []row{a, b}).with(func(s *scenario) {
			s.there = []*serverOffice{{id: "1", name: "Harbor", who: old, state: "cancelled"}, {id: "2", name: "Head office", who: old, state: "active"}}
		}),
		newScenario(t, "listed after the window", []row{a, b}).with(func(s *scenario) { s.tooLate = true }),
		newScenario(t, "edited", []row{a, b}, []row{{"A", "", "Harbor", "1 New Way"}, b}),
		newScenario(t, "taken out and put back", []row{a, b}, []row{b}, []row{a, b}),
		newScenario(t, "renamed", []row{a, b}, []row{{"A", "", "Port", "1 Way"}, b}),
		newScenario(t, "given another key", []row{a1, b1}, []row{a1, {"B", "9", "Harbor", "2 Way"}}).with(keyed),
		newScenario(t, "renamed under its key", []row{a1, b1}, []row{{"A", "1", "Port", "1 Way"}, b1}).with(keyed),
		newScenario(t, "names exchanged", []row{{"A", "1", "Harbor", "1 Way"}, {"B", "2", "Depot", "2 Way"}},
			[]row{{"A", "1", "Depot", "1 Way"}, {"B", "2", "Harbor", "2 Way"}}).with(keyed),
	}
}
