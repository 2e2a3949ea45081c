package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// Exit statuses; the README's table.
const (
	exitDone        = 0
	exitPerson      = 1 // finished; some rows need a person
	exitNothing     = 2 // nothing was sent
	exitStopped     = 3 // stopped before the end
	exitInterrupted = 130
)

// statusError is an exit status without words: all was said already.
type statusError int

func (s statusError) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// hinted is an error with what to do about it, words to type on their own line.
type hinted struct {
	error
	kind string // machine name, for --json
	hint string
}

func (h *hinted) Unwrap() error { return h.error }

func fail(kind, hint, format string, args ...any) error {
	return &hinted{fmt.Errorf(format, args...), kind, hint}
}

// exitStatus tells what an error means to whoever started the program.
func exitStatus(err error) int {
	var status statusError
	var stop *submit.StopError
	var miscount *report.MiscountError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return int(status)
	case errors.As(err, &stop) && stop.Reason == submit.StopInterrupted:
		return exitInterrupted
	case errors.As(err, &stop):
		return exitStopped
	case errors.As(err, &miscount):
		return exitPerson
	}
	return exitNothing
}

// explain says what went wrong, and what to do about it.
func explain(say *voice, err error) {
	var status statusError
	if err != nil && !errors.As(err, &status) {
		say.Error(err.Error(), "kind", kindOf(err), hintKey, hintOf(err), "exit", exitStatus(err))
	}
}

// hints are what to do about errors of the importer, whatever the command.
var hints = map[importer.Kind]string{
	importer.KindJournalMismatch: "name another one with --journal",
	importer.KindLock:            lock.StateVariable + " names the folder for locks: one that can be written, and that all runs on this host share",
	importer.KindAnotherRun:      "wait until the run has ended",
	importer.KindRehearsal:       "please report this, with the rehearsal's journal",
}

func hintOf(err error) string {
	var h *hinted
	var stop *submit.StopError
	var held *lock.HeldError
	var inUse *journal.InUseError
	var unsettled *lock.UnsettledError
	var failed *importer.Error
	switch {
	case errors.As(err, &h):
		return h.hint
	case errors.As(err, &stop):
		return stop.Hint
	case errors.As(err, &held), errors.As(err, &inUse):
		return "wait until it has ended, and run again"
	case errors.As(err, &unsettled):
		return unsettled.Command()
	case errors.As(err, &failed):
		return hints[failed.Kind]
	}
	return ""
}

// jsonError is one entry of {"errors": [...]}, the answer of --json where there
// is no summary.
type jsonError struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
}

func writeErrors(w io.Writer, err error) error {
	return json.NewEncoder(w).Encode(map[string][]jsonError{"errors": jsonErrors(err)})
}

func jsonErrors(err error) []jsonError {
	var input *office.InputError
	if !errors.As(err, &input) {
		return []jsonError{{Kind: kindOf(err), Message: err.Error()}}
	}
	all := make([]jsonError, len(input.Problems))
	for i, p := range input.Problems {
		all[i] = jsonError{string(p.Kind), p.String(), p.Row, p.Column}
		if p.Row == 0 { // nothing else says where
			all[i].Message = input.File + ": " + all[i].Message
		}
	}
	return all
}

func kindOf(err error) string {
	var h *hinted
	var stop *submit.StopError
	var held *lock.HeldError
	var inUse *journal.InUseError
	var unsettled *lock.UnsettledError
	var failed *importer.Error
	switch {
	case errors.As(err, &h):
		return h.kind
	case errors.As(err, &failed):
		return string(failed.Kind)
	case errors.As(err, &stop):
		return string(stop.Reason)
	case errors.As(err, &held), errors.As(err, &inUse):
		return "another_run"
	case errors.As(err, &unsettled):
		return "unsettled_journal"
	}
	return "usage"
}
