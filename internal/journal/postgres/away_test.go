//go:build unix

package postgres

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"officeimporter/internal/journal/postgres/pgtest"
	"officeimporter/internal/office"
)

// While the database is away nothing may leave; when it is back everything goes on.
func TestDatabaseAway(t *testing.T) {
	s := pgtest.Start(t)
	var said atomic.Int32
	a := openProcess(t, s, func(o *Options) {
		o.Lease, o.Patience = 3*time.Second, time.Minute
		o.Say = func(string) { said.Add(1) }
	})
	kiev := attempt("Kiev", 1)
	want(t, "begin", a.Begin(kiev), nil)
	s.Kill()
	finished := make(chan error, 1)
	go func() { finished <- a.Finish(withOutcome(kiev, office.Created, "5")) }()
	for a.Held(kiev.Key) == nil { // the Finish takes it back at once; otherwise the lease ends
		time.Sleep(10 * time.Millisecond)
	}
	select {
	case err := <-finished:
		t.Fatalf("the database is away, and yet: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	s.Up()
	want(t, "finish, once it is back", <-finished, nil)
	want(t, "begin, once it is back", a.Begin(attempt("Lviv", 1)), nil)
	if said.Load() == 0 {
		t.Error("nobody was told")
	}
	if r, _, err := a.Record(kiev.Key); err != nil || r.OfficeID != "5" {
		t.Errorf("got %+v, %v", r, err)
	}
}

// After the patience ends, nothing more can be written.
func TestDatabaseLost(t *testing.T) {
	s := pgtest.Start(t)
	a := openProcess(t, s, func(o *Options) { o.Patience = time.Second })
	s.Kill()
	err := a.Begin(attempt("Nice", 1))
	if !errors.Is(err, ErrJournal) || strings.Contains(err.Error(), pgtest.Password) {
		t.Errorf("got %v", err)
	}
	s.Up()
	want(t, "after it was given up", a.Begin(attempt("Nice", 1)), ErrJournal)
	if _, known, err := a.Record(office.NameKey("", "Nice", "US")); err != nil || known {
		t.Errorf("it can still be read: known %t, %v", known, err)
	}
}

// A call whose answer was lost is repeated, and counts once.
func TestCallsTwice(t *testing.T) {
	s := pgtest.Start(t)
	a := openProcess(t, s)
	turin := attempt("Turin", 1)
	want(t, "begin", a.Begin(turin), nil)
	seq := a.seq.Load()
	a.seq.Store(seq - 1)
	want(t, "begin, again", a.Begin(turin), nil)
	want(t, "finish", a.Finish(withOutcome(turin, office.Created, "3")), nil)
	a.seq.Store(seq)
	want(t, "finish, again", a.Finish(withOutcome(turin, office.Created, "3")), nil)
	number, err := a.writeBaseline(t.Context(), 99, "1", []string{})
	again, err2 := a.writeBaseline(t.Context(), 99, "1", []string{})
	if number != 2 || again != 2 || err != nil || err2 != nil {
		t.Errorf("got runs %d and %d, %v, %v", number, again, err, err2)
	}
	if got := s.Query("SELECT count(*) FROM importer.attempts"); got != "2" {
		t.Errorf("%s lines were written", got)
	}
}

// No error and no name shows the password, whatever is wrong with the URL.
func TestPasswordIsHidden(t *testing.T) {
	const password = "hunter2secret"
	for _, url := range []string{
		"postgres://u:hunter2secret@127.0.0.1:1/db?sslmode=disable",
		"postgres://u:hunter2secret@127.0.0.1:1/db?sslmode=wrong",
		"postgres://u:hunter2secret@[::1/db",
		"postgres://u:hunter2secret@127.0.0.1:port/db",
		"postgres://u:hunter2secret%zz@127.0.0.1/db",
		"postgres://127.0.0.1:1/db?password=hunter2secret&sslmode=disable",
		"postgres://u@127.0.0.1:1/hunter2secret?password=hunter2secret&sslmode=disable&sslpassword=hunter2secret",
	} {
		_, err := Read(context.Background(), url, Options{Server: "s", Patience: 10 * time.Millisecond})
		if err == nil {
			t.Errorf("%s was opened", url)
			continue
		}
		if strings.Contains(strings.ReplaceAll(err.Error(), "/hunter2secret", ""), password) {
			t.Errorf("%s: %v", url, err)
		}
		if name := Name(url); strings.Contains(strings.ReplaceAll(name, "/hunter2secret", ""), password) {
			t.Errorf("%s is shown as %s", url, name)
		}
	}
}

// A refused password is an error at once, or after the patience; it is never shown.
func TestWrongPassword(t *testing.T) {
	s := pgtest.Start(t)
	url := strings.Replace(s.URL(false), "importer@", "importer:not-this-one@", 1)
	_, err := Open(t.Context(), url, Options{Server: "s", Lease: time.Minute, Patience: time.Second})
	if !errors.Is(err, ErrJournal) || strings.Contains(err.Error(), "not-this-one") {
		t.Errorf("got %v", err)
	}
}
