package lock

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/journal"
	"officeimporter/internal/office"
)

func take(t *testing.T, dir string, c Claim) *Lock {
	t.Helper()
	l, err := Take(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func release(t *testing.T, l *Lock, unsettled bool) {
	t.Helper()
	if err := l.Release(unsettled); err != nil {
		t.Error(err)
	}
}

// writeJournal writes a journal with or without an unknown row.
func writeJournal(t *testing.T, path string, unknown bool) {
	t.Helper()
	j, err := journal.Open(path, journal.Header{Server: "sandbox", Input: "offices.csv"})
	if err == nil && unknown {
		err = j.Begin(office.Record{Key: "a", Outcome: office.Unknown})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// unsettledJournal returns a claim whose journal has an unknown row, and whose lock was left
// unsettled.
func unsettledJournal(t *testing.T, dir string) Claim {
	c := Claim{Server: "sandbox", Company: "77", Journal: filepath.Join(dir, "old one.journal"), Input: filepath.Join(dir, "old.csv"), Again: "importer run old.csv --server sandbox"}
	l := take(t, dir, c)
	writeJournal(t, c.Journal, true)
	release(t, l, true)
	return c
}

func TestUnsettledJournalComesFirst(t *testing.T) {
	dir := t.TempDir()
	old := unsettledJournal(t, dir)
	other := Claim{Server: "sandbox", Company: "77", Journal: filepath.Join(dir, "new.journal"), Input: "new.csv"}
	_, err := Take(dir, other)
	var unsettled *UnsettledError
	if !errors.As(err, &unsettled) || !strings.Contains(err.Error(), old.Journal) {
		t.Fatalf("another journal: %v", err)
	}
	if got, want := unsettled.Command(), old.Again; got != want {
		t.Errorf("command is\n%s, want\n%s", got, want)
	}
	l := take(t, dir, old)
	if l.JournalGone {
		t.Error("the journal is there, and said to be gone")
	}
	release(t, l, false)
	release(t, take(t, dir, other), false)
}

func TestJournalGone(t *testing.T) {
	for name, pick := range map[string]func(old Claim) string{
		"same path":  func(old Claim) string { return old.Journal },
		"other path": func(old Claim) string { return old.Journal + ".new" },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c := unsettledJournal(t, dir)
			if err := os.Remove(c.Journal); err != nil {
				t.Fatal(err)
			}
			c.Journal = pick(c)
			for _, unsettled := range []bool{true, false} { // first cut short before its wait, then not
				l := take(t, dir, c)
				if !l.JournalGone {
					t.Error("the journal is gone, and nothing is said")
				}
				writeJournal(t, c.Journal, false)
				release(t, l, unsettled)
			}
			l := take(t, dir, c)
			if l.JournalGone {
				t.Error("an old loss is told again")
			}
			release(t, l, false)
		})
	}
}

func TestReleaseTwice(t *testing.T) {
	dir := t.TempDir()
	c := Claim{Server: "sandbox", Journal: "j", Input: "i"}
	first := take(t, dir, c)
	release(t, first, false)
	second := take(t, dir, c)
	release(t, first, false)
	if h, err := readInfo(second.path); err != nil || !h.Unsettled {
		t.Errorf("a released lock wrote over the next: %+v, %v", h, err)
	}
	release(t, second, false)
}

func TestLockNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range [][2]string{{"sandbox", ""}, {"sandbox", "1"}, {"sandbox1", ""}, {"https://dialpad.example", "1"},
		{"http://127.0.0.1:8080/x?y", `../..\`}, {strings.Repeat("x", 300), "ü"}} {
		name := lockName(c[0], c[1])
		if seen[name] || len(name) > 60 || strings.ContainsAny(name, `/\:?`) {
			t.Errorf("lock of %q is named %q", c, name)
		}
		seen[name] = true
	}
}

func TestStateDir(t *testing.T) {
	want := filepath.Join(t.TempDir(), "state")
	t.Setenv(StateVariable, want)
	if got, err := StateDir(); got != want || err != nil {
		t.Errorf("state is in %q (%v), want %q", got, err, want)
	}
	t.Setenv(StateVariable, "")
	if got, err := StateDir(); err == nil && filepath.Base(got) != stateName {
		t.Errorf("state is in %q", got)
	}
}
