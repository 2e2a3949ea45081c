package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// An error has an exit status for the shell, a kind for scripts that use --json, and
// a message and a hint for a person.
func TestErrors(t *testing.T) {
	stop := &submit.StopError{Reason: submit.StopKey, Message: "the server refused the API key", Hint: "check DIALPAD_API_KEY"}
	for _, test := range []struct {
		name   string
		err    error
		status int
		kind   string
		words  string
	}{
		{"none", nil, exitDone, "", ""},
		{"a status alone", statusError(exitPerson), exitPerson, "", ""},
		{"stopped", stop, exitStopped, "key_refused", "importer: the server refused the API key\n  check DIALPAD_API_KEY\n"},
		{"stopped, wrapped", fmt.Errorf("run: %w", stop), exitStopped, "key_refused", "importer: run: the server refused the API key\n  check DIALPAD_API_KEY\n"},
		{"stopped, and more", errors.Join(stop, errors.New("lock")), exitStopped, "key_refused", "importer: the server refused the API key\nimporter: lock\n  check DIALPAD_API_KEY\n"},
		{"interrupted", &submit.StopError{Reason: submit.StopInterrupted, Message: "interrupted"}, exitInterrupted, "interrupted", "importer: interrupted\n"},
		{"another run", &lock.HeldError{}, exitNothing, "another_run", "importer: another run for this company is under way\n  wait until it has ended, and run again\n"},
		{"with a hint", fail("usage", "--rate 1200", "--rate %d is too much", 2000), exitNothing, "usage", "importer: --rate 2000 is too much\n  --rate 1200\n"},
		{"counts that don't add up", &report.MiscountError{Read: 2, Added: 1}, exitPerson, "usage", "importer: the counts don't add up: 2 rows were read, 1 are in the report; please report this fault, and trust the journal alone\n"},
		{"no place for locks", &importer.Error{Kind: importer.KindLock, Err: fmt.Errorf("lock: %w", &fs.PathError{Op: "mkdir", Path: "/home/x", Err: syscall.EROFS})}, exitNothing, "lock",
			"importer: lock: mkdir /home/x: " + syscall.EROFS.Error() + "\n  IMPORTER_STATE_DIR names the folder for locks: one that can be written, and that all runs on this host share\n"},
		{"a journal of another server", &importer.Error{Kind: importer.KindJournalMismatch, Err: &journal.MismatchError{Path: "a.journal", What: "server", Have: "x", Want: "y"}}, exitNothing, "journal_mismatch",
			"importer: journal a.journal: it is of server \"x\" (made for ), this run is of \"y\": give another --journal\n  name another one with --journal\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := exitStatus(test.err); got != test.status {
				t.Errorf("exit status %d, want %d", got, test.status)
			}
			var words strings.Builder
			logError(newConsole(nil, nil, &words).log, test.err)
			if words.String() != test.words {
				t.Errorf("said %q, want %q", words.String(), test.words)
			}
			if test.kind != "" && kindOf(test.err) != test.kind {
				t.Errorf("kind %q, want %q", kindOf(test.err), test.kind)
			}
		})
	}
}

func TestJSONErrors(t *testing.T) {
	err := &office.InputError{File: "a.csv", Unit: "line", Problems: []office.Problem{
		{Kind: "missing_column", Row: 1, Column: "Zip", Message: "is there twice"},
		{Kind: "file_empty", Message: "is empty"},
	}}
	var got strings.Builder
	if err := writeErrors(&got, fmt.Errorf("check: %w", err)); err != nil {
		t.Fatal(err)
	}
	want := `{"errors":[{"kind":"missing_column","message":"column \"Zip\": is there twice","row":1,"column":"Zip"},{"kind":"file_empty","message":"a.csv: is empty"}]}` + "\n"
	if got.String() != want {
		t.Errorf("%s, want %s", got.String(), want)
	}
}
