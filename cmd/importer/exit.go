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

// Exit statuses, as in the README's table.
const (
	exitDone        = 0
	exitPerson      = 1 // finished; some rows need a person
	exitNothing     = 2 // nothing was sent
	exitStopped     = 3 // stopped before the end
	exitInterrupted = 130
)

// statusError is an exit status without a message, for when everything was said already.
type statusError int

func (s statusError) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// hinted is an error that says what to do about it, on a line of its own.
type hinted struct {
	error
	kind string // for programs, in --json and logs
	hint string // often a command to type; may be empty
}

func (h *hinted) Unwrap() error { return h.error }

func fail(kind, hint, format string, args ...any) error {
	return &hinted{fmt.Errorf(format, args...), kind, hint}
}

// exitStatus returns the exit status for an error; nil is 0.
func exitStatus(err error) int {
	if err == nil {
		return exitDone
	}
	if status, ok := errors.AsType[statusError](err); ok {
		return int(status)
	}
	if stop, ok := errors.AsType[*submit.StopError](err); ok && stop.Reason == submit.StopInterrupted {
		return exitInterrupted
	} else if ok {
		return exitStopped
	}
	if _, ok := errors.AsType[*report.MiscountError](err); ok {
		return exitPerson
	}
	return exitNothing
}

// logError logs what went wrong and what to do about it. It logs nothing for nil or a statusError.
func logError(log *logger, err error) {
	if _, silent := errors.AsType[statusError](err); err != nil && !silent {
		kind, hint := describe(err)
		log.Error(err.Error(), "kind", kind, hintKey, hint, "exit", exitStatus(err))
	}
}

// hints say what to do about errors of the importer, whatever the command.
var hints = map[importer.Kind]string{
	importer.KindJournalMismatch: "name another one with --journal",
	importer.KindLock:            lock.StateVariable + " names the folder for locks: one that can be written, and that all runs on this host share",
	importer.KindAnotherRun:      "wait until the run has ended",
	importer.KindRehearsal:       "please report this, with the rehearsal's journal",
}

func kindOf(err error) string {
	kind, _ := describe(err)
	return kind
}

// describe returns an error's kind, for programs, and what to do about it, for a person.
func describe(err error) (kind, hint string) {
	if h, ok := errors.AsType[*hinted](err); ok {
		return h.kind, h.hint
	}
	kind = "usage"
	failed, _ := errors.AsType[*importer.Error](err)
	if failed != nil {
		hint = hints[failed.Kind]
	}
	if stop, ok := errors.AsType[*submit.StopError](err); ok {
		kind, hint = string(stop.Reason), stop.Hint
	} else if isAnotherRun(err) {
		kind, hint = "another_run", "wait until it has ended, and run again"
	} else if unsettled, ok := errors.AsType[*lock.UnsettledError](err); ok {
		kind, hint = "unsettled_journal", unsettled.Command()
	}
	if failed != nil {
		kind = string(failed.Kind)
	}
	return kind, hint
}

func isAnotherRun(err error) bool {
	_, held := errors.AsType[*lock.HeldError](err)
	_, inUse := errors.AsType[*journal.InUseError](err)
	return held || inUse
}

// jsonError is one entry of {"errors": [...]}, which --json prints if there is no summary.
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
	input, ok := errors.AsType[*office.InputError](err)
	if !ok {
		return []jsonError{{Kind: kindOf(err), Message: err.Error()}}
	}
	all := make([]jsonError, len(input.Problems))
	for i, p := range input.Problems {
		all[i] = jsonError{string(p.Kind), p.String(), p.Row, p.Column}
		if p.Row == 0 { // nothing else names the file
			all[i].Message = input.File + ": " + all[i].Message
		}
	}
	return all
}
