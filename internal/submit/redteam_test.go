package submit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// crashed leaves the journal as a kill -9 right after the requests left would: every row sent is
// begun, none is finished.
func (w *world) crashed(f table) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	_, _ = w.run(ctx, f)
	for key, r := range w.journal.records {
		if r.Outcome == office.Created {
			r.Outcome, r.OfficeID, r.HTTPStatus, r.Words = office.Unknown, "", 0, ""
			w.journal.records[key] = r
		}
	}
}

// The office is created, then the run is killed before it records the answer, then run again.
func TestCrashAfterCreation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{PageSize: 3})
		f := rowsOf(t, 20)
		w.crashed(f)
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// The list fails again and again while a row is unclear: the row is sent again only after enough
// lists, and then once.
func TestListFailsDuringTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := 0
		w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
			switch {
			case c.Method == "GET":
				if lists++; lists > 1 && lists < 5 {
					return simulator.Status500Before
				}
			case c.Attempt == 1:
				return simulator.ResetBefore
			}
			return simulator.None
		}})
		f := rowsOf(t, 3)
		w.mustRun(f)
		w.wantOnce(f)
		if lists < 7 {
			t.Errorf("%d lists were asked for, want the first, three that fail, and two that speak, and a last one", lists)
		}
	})
}

// Lists never work again: the rows stay unknown, nothing is sent again, and the next run settles
// them.
func TestListNeverComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, lists := true, 0
		w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
			if c.Method == "GET" {
				lists++
			}
			switch {
			case c.Method == "GET" && lists > 1 && broken:
				return simulator.HTMLPage
			case c.Method == "POST" && c.Attempt == 1:
				return simulator.AnswerLost
			}
			return simulator.None
		}})
		f := rowsOf(t, 3)
		w.mustRun(f)
		for _, r := range f {
			if got := w.outcome(r); got != office.Unknown {
				t.Errorf("row %d: %s, want unknown", r.Row, got)
			}
		}
		broken = false
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// A page shifts while the list is taken and hides the office: such a list doesn't count.
func TestPageShifts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var there []simulator.Office
		for i := range 10 {
			there = append(there, simulator.Office{Name: fmt.Sprintf("Old %d", i), Country: "us"})
		}
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost), Offices: there, PageSize: 4})
		f := rowsOf(t, 3)
		go func() {
			for range 3 {
				time.Sleep(time.Second)
				w.server.ShiftList()
			}
		}()
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// However the file is changed between two runs, an unknown row must not be sent twice.
func TestChangedWhileUnknown(t *testing.T) {
	edit := func(o *office.Office) { o.GroupDescription = "edited" }
	for _, test := range []struct {
		name   string
		change func(t *testing.T, r *office.Request) *office.Request // nil: removed
		want   office.Outcome                                        // of the row as it is then
	}{
		{"unchanged", func(_ *testing.T, r *office.Request) *office.Request { return r }, office.Created},
		{"edited", func(t *testing.T, r *office.Request) *office.Request { return row(t, r.Row, r.Office.Name, edit) }, office.Created},
		{"renamed", func(t *testing.T, r *office.Request) *office.Request {
			renamed := row(t, r.Row, "Another name")
			renamed.Office.GroupDescription = r.Office.GroupDescription
			return renamed
		}, office.Invalid},
		{"moved to another row", func(t *testing.T, r *office.Request) *office.Request {
			moved := *r
			moved.Row = 77
			return &moved
		}, office.Created},
		{"given another key", func(t *testing.T, r *office.Request) *office.Request {
			rekeyed := *r
			rekeyed.Key = office.ColumnKey("", "17")
			return &rekeyed
		}, office.Exists},
		{"removed", func(*testing.T, *office.Request) *office.Request { return nil }, office.Pending},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, simulator.Config{})
				old := row(t, 2, "Harbor")
				w.crashed(table{old})
				var f table
				changed := test.change(t, old)
				if changed != nil {
					f = table{changed}
				}
				w.options.Keyed = test.name == "given another key"
				w.mustRun(f)
				if n := len(w.server.Truth().Created); n != 1 {
					t.Errorf("%d offices were created, want 1", n)
				}
				if got := w.outcome(old); got != office.Created {
					t.Errorf("the row as it was sent: %s, want created", got)
				}
				if changed != nil {
					if got := w.judge(f, changed); got != test.want {
						t.Errorf("the row as it is now: %s, want %s", got, test.want)
					}
				}
			})
		})
	}
}

// An office of the row's name was created for a row that is not in the file: it isn't created
// again, and there is a warning.
func TestOfficeOfAnotherRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		w.options.Keyed = true
		w.mustRun(table{keyed(row(t, 2, "Harbor"), "1")})
		other := table{keyed(row(t, 2, "Harbor"), "2")}
		j, err := NewJudge(w.journal, other, w.options.JudgeOptions)
		if err != nil {
			t.Fatal(err)
		}
		j.See(&api.Listing{Offices: []api.Listed{{ID: w.server.Truth().Created[0].ID, Name: "Harbor", Country: "us"}}})
		result, err := j.Judge(other[0])
		if err != nil || result.Outcome != office.Exists || len(result.Request.Warnings) != 1 || result.Request.Warnings[0].Kind != AnothersOffice {
			t.Errorf("%s with %v, %v", result.Outcome, result.Request.Warnings, err)
		}
	})
}

// judge returns the outcome that the report would show.
func (w *world) judge(f table, r *office.Request) office.Outcome {
	w.t.Helper()
	j, err := NewJudge(w.journal, f, w.options.JudgeOptions)
	if err != nil {
		w.t.Fatal(err)
	}
	result, err := j.Judge(r)
	if err != nil {
		w.t.Fatal(err)
	}
	return result.Outcome
}

// Two rows have one name under a key column; the first was created and is unknown. The second waits
// and is sent then: two offices, one each.
func TestTwoRowsOfOneName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Latency: simulator.Latency{Before: 100 * time.Millisecond}})
		w.options.Keyed = true
		a, b := keyed(row(t, 2, "Harbor"), "1"), keyed(row(t, 3, "Harbor"), "2")
		w.crashed(table{a})
		w.mustRun(table{a, b})
		w.wantOnce(table{a, b})
		w.mustRun(table{b, a})
		w.wantOnce(table{a, b})
	})
}

// The same from the start, with lost answers and many rows.
func TestManyRowsOfOneName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Realistic(7))
		w.options.Keyed = true
		var f table
		for i := range 12 {
			f = append(f, keyed(row(t, i+2, fmt.Sprintf("Harbor %d", i%3)), fmt.Sprint(i)))
		}
		w.mustRun(f)
		w.wantOnce(f)
	})
}

func keyed(r *office.Request, key string) *office.Request {
	r.Key = office.ColumnKey("", key)
	return r
}

// One of two rows of one name exists already. Nobody can tell which, so none is sent.
func TestAmbiguousExisting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Offices: []simulator.Office{{Name: "Harbor", Country: "us"}}})
		w.options.Keyed = true
		f := table{keyed(row(t, 2, "Harbor"), "1"), keyed(row(t, 3, "Harbor"), "2"), row(t, 4, "Other")}
		w.mustRun(f)
		if n := len(w.server.Truth().Created); n != 1 {
			t.Errorf("%d offices were created, want the one of row 4", n)
		}
	})
}

// An administrator renames the office while its row is unknown: the row isn't sent again, and its
// record names the office.
func TestRenamedByAnAdministrator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost)})
		f := table{row(t, 2, "Harbor")}
		go func() {
			for len(w.server.Truth().Created) == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			w.server.Rename(w.server.Truth().Created[0].ID, "Main office")
		}()
		w.mustRun(f)
		created := w.server.Truth().Created
		record := w.journal.records[f[0].Key]
		if len(created) != 1 || record.Outcome != office.Unknown || len(record.Candidates) != 1 || record.Candidates[0] != created[0].ID {
			t.Errorf("%d offices created; the row is %s with candidates %v", len(created), record.Outcome, record.Candidates)
		}
	})
}

// The list shows new offices only shortly before the window ends.
func TestLateListing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost), Faults: simulator.Faults{Late: simulator.Late{Share: 1, By: 44 * time.Second}}})
		f := rowsOf(t, 10)
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// The same while rows become unclear one after the other, so that lists are taken all the time:
// none counts before the window of its row.
func TestLateListingWithManyLists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		decide := func(c simulator.Call) simulator.Fault {
			if c.Method == "POST" && c.Number%2 == 0 {
				return simulator.AnswerLost
			}
			return simulator.None
		}
		w := newWorld(t, simulator.Config{Decide: decide, Faults: simulator.Faults{Late: simulator.Late{Share: 1, By: 44 * time.Second}}})
		w.limiter = limit.New(60, time.Minute)
		f := rowsOf(t, 40)
		w.mustRun(f)
		w.wantOnce(f)
	})
}

// Lists fail until the window is over, and a shifting page hides the office from the first one
// then: one list is not enough.
func TestPageShiftsAfterTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := 0
		w := newWorld(t, simulator.Config{Offices: []simulator.Office{{Name: "Old", Country: "us"}}, PageSize: 2,
			Decide: func(c simulator.Call) simulator.Fault {
				if c.Method == "GET" {
					lists++ // the first two are the pages of the baseline
				}
				switch {
				case c.Method == "GET" && lists > 1 && lists <= 5:
					return simulator.Status503Before
				case c.Method == "POST" && c.Attempt == 1:
					return simulator.AnswerLost
				}
				return simulator.None
			}})
		w.options.Settle, w.options.Timeout = 5*time.Second, 5*time.Second
		go func() {
			time.Sleep(10 * time.Second)
			w.server.ShiftList()
		}()
		f := rowsOf(t, 1)
		w.mustRun(f)
		w.wantOnce(f)
		if lists < 8 {
			t.Errorf("%d pages were asked for: the schedule is not the one meant", lists)
		}
	})
}

// A list that lacks an office of an earlier list settles no row.
func TestIncompleteListDoesNotCount(t *testing.T) {
	s, err := New(nil, limit.New(1200, time.Minute), newMemoryJournal(), table{}, Options{Settle: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	whole := &api.Listing{Offices: []api.Listed{{ID: "1", Name: "A"}, {ID: "2", Name: "B"}}, Began: time.Now()}
	if !s.applyList(whole) {
		t.Fatal("a whole list doesn't count")
	}
	d := &pendingSettlement{record: office.Record{Key: "c/US", Name: "C", Country: "US"}}
	s.pending["c/US"] = d
	if s.applyList(&api.Listing{Offices: whole.Offices[:1], Began: time.Now()}) || d.absent != 0 {
		t.Errorf("a list without office 2 counts: looked %d times", d.absent)
	}
	if !s.applyList(whole) || d.absent != 1 {
		t.Errorf("a whole list doesn't count: looked %d times", d.absent)
	}
}

// An office that appears after the window breaks the assumption: it is created twice, and the last
// list shows it with the ids.
func TestAfterTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost), Faults: simulator.Faults{Late: simulator.Late{Share: 1, By: 5 * time.Second}}})
		w.options.Settle, w.options.Timeout = 3*time.Second, time.Second
		surplus, err := w.run(t.Context(), rowsOf(t, 1))
		if err != nil {
			t.Fatal(err)
		}
		created := w.server.Truth().Created
		if len(created) != 2 {
			t.Fatalf("%d offices created: the schedule is not the one meant", len(created))
		}
		if len(surplus) != 1 || !slices.Contains(surplus[0].IDs, created[0].ID) || !slices.Contains(surplus[0].IDs, created[1].ID) {
			t.Errorf("an office was created twice, and the run says %v", surplus)
		}
	})
}

// The same, but the run ends before its last list: the next run takes it, once.
func TestAfterTheWindowToldByTheNextRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.AnswerLost), Faults: simulator.Faults{Late: simulator.Late{Share: 1, By: 5 * time.Second}}})
		w.options.Settle, w.options.Timeout = 3*time.Second, time.Second
		f := rowsOf(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			for len(w.server.Truth().Created) < 2 {
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(time.Second)
			cancel()
		}()
		if surplus, _ := w.run(ctx, f); len(surplus) > 0 {
			t.Fatalf("the first run says %v: the schedule is not the one meant", surplus)
		}
		surplus, err := w.run(t.Context(), f)
		if err != nil || len(surplus) != 1 || len(surplus[0].IDs) != 2 {
			t.Errorf("the second run says %v, %v; want both offices", surplus, err)
		}
		w.mustRun(f)
		judge, err := NewJudge(w.journal, f, JudgeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		result, err := judge.Judge(f[0]) // as a report does, from then on
		if err != nil || len(result.Request.Warnings) != 1 || result.Request.Warnings[0].Kind != MadeTwice {
			t.Errorf("the row has the warnings %v, %v", result.Request.Warnings, err)
		}
	})
}

// The file is sorted and a row inserted at the top: only that one is sent.
func TestSortedAndInserted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		f := rowsOf(t, 30)
		w.mustRun(f)
		var again table
		for i := range f {
			r := *f[len(f)-1-i]
			r.Row = i + 3
			again = append(again, &r)
		}
		again = append(table{row(t, 2, "New on top")}, again...)
		w.mustRun(again)
		if n := len(w.server.Truth().Created); n != 31 {
			t.Errorf("%d created, want 31", n)
		}
	})
}

// A second row with the key of a created one is not taken for that office.
func TestDuplicateIsNotTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		f := table{row(t, 2, "Harbor"), row(t, 3, "Harbor")}
		f[1].Problems = []office.Problem{{Kind: office.DuplicateRow, Message: "has the same name and country as row 2"}}
		w.mustRun(f)
		if first, second := w.judge(f, f[0]), w.judge(f, f[1]); first != office.Created || second != office.Invalid {
			t.Errorf("the first is %s, the second %s", first, second)
		}
	})
}

// A refused row is sent again only if it has changed, or if asked for.
func TestRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		bad := row(t, 2, "Harbor")
		bad.Body = []byte(`{"name":"Harbor"}`)
		f := table{bad}
		w.mustRun(f)
		w.mustRun(f)
		if got, n := w.outcome(bad), len(w.server.Truth().Rejected); got != office.Refused || n != 1 {
			t.Errorf("%s after %d refusals, want refused after 1", got, n)
		}
		w.options.RetryRefused = true
		w.mustRun(f)
		if n := len(w.server.Truth().Rejected); n != 2 {
			t.Errorf("%d refusals with --retry-refused, want 2", n)
		}
		w.options.RetryRefused = false
		mended := row(t, 2, "Harbor", func(o *office.Office) { o.GroupDescription = "mended" })
		w.mustRun(table{mended})
		if got := w.outcome(mended); got != office.Created {
			t.Errorf("mended: %s, want created", got)
		}
	})
}

// A refusal after an unclear attempt may mean that the office exists.
func TestRefusedAfterDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: first(simulator.ResetBefore)})
		bad := row(t, 2, "Harbor")
		bad.Body = []byte(`{"name":"Harbor"}`)
		w.mustRun(table{bad})
		if got := w.outcome(bad); got != office.Refused {
			t.Errorf("%s, want refused once settled", got)
		}
	})
}

// Nothing at all may be sent while the first list fails.
func TestNoListNoPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{Decide: func(c simulator.Call) simulator.Fault {
			if c.Method == "GET" {
				return simulator.Status503Before
			}
			return simulator.None
		}})
		_, err := w.run(t.Context(), rowsOf(t, 5))
		var stop *StopError
		if !errors.As(err, &stop) || stop.Reason != StopNoList || len(w.server.Truth().Created) > 0 {
			t.Errorf("%v, %d created", err, len(w.server.Truth().Created))
		}
	})
}

// A created row gets another key in the file, and the list doesn't show its office under its name
// because somebody renamed it in Dialpad. Its body shows that it is the same. It is sent only if a
// person says that it isn't.
func TestGivenAnotherKeyAndRenamedInDialpad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, simulator.Config{})
		w.options.Keyed = true
		r := row(t, 2, "Harbor")
		w.mustRun(table{keyed(r, "1")})
		w.server.Rename(w.server.Truth().Created[0].ID, "Main office")
		again := *r
		f := table{keyed(&again, "9")}
		w.mustRun(f)
		if n, got := len(w.server.Truth().Created), w.judge(f, f[0]); n != 1 || got != office.Invalid {
			t.Errorf("%d offices created, and the row is %s; want 1, invalid", n, got)
		}
		w.options.AcceptRenamed = true
		w.mustRun(f)
		if n := len(w.server.Truth().Created); n != 2 {
			t.Errorf("%d offices created where it is accepted, want 2", n)
		}
	})
}
