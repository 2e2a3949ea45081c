package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/submit"
)

func TestErrorsHaveKinds(t *testing.T) {
	readOnly := fmt.Errorf("lock: %w", &fs.PathError{Op: "mkdir", Path: "/home/x", Err: syscall.EROFS})
	for what, test := range map[string]struct {
		err    error
		kind   Kind
		reason submit.StopReason
	}{
		"the end went wrong":                {closeError(errors.New("disk full")), "", submit.StopJournal},
		"no place for locks":                {lockError(readOnly), KindLock, ""},
		"another run, no matter of places":  {lockError(&lock.HeldError{}), "", ""},
		"a journal of another server":       {journalError(&journal.MismatchError{}), KindJournalMismatch, ""},
		"a journal that can't be written":   {journalError(errors.New("disk full")), "", submit.StopJournal},
		"one file in two roles":             {distinct([]Role{{"a", "x"}, {"b", "./x"}}), KindUsage, ""},
		"files that are all different":      {distinct([]Role{{"a", "x"}, {"b", "y"}, {"c", ""}, {"d", ""}}), "", ""},
		"nothing went wrong at the end":     {closeError(nil), "", ""},
		"nothing went wrong with a journal": {journalError(nil), "", ""},
	} {
		var failed *Error
		kind := Kind("")
		if errors.As(test.err, &failed) {
			kind = failed.Kind
		}
		if kind != test.kind || reasonOf(test.err) != test.reason {
			t.Errorf("%s: %v: kind %q, reason %q; want %q, %q", what, test.err, kind, reasonOf(test.err), test.kind, test.reason)
		}
	}
}
