// Package submit sends requests to the offices API, and finds out what became of those whose answer doesn't say.
//
// An office can't be deleted, the API has no idempotency keys, and an answer can get lost. So the package keeps three
// rules: it writes each request to the journal's disk before sending it; it never resends a request that may have
// reached the server before complete lists of the company's offices show that it created nothing; and a row that
// can't be settled stays unknown until a person decides.
//
// The limiter (package limit) paces all calls and the client (package api) makes them. Judge decides what to do with
// a row, Submitter runs the workers, and settle.go settles the rows whose outcome is unclear.
package submit

import (
	"iter"

	"officeimporter/internal/office"
)

// Journal is the durable record of a company's runs. Several processes may share it; each holds the rows that it has
// under way. All methods are safe for concurrent use. After an error of Begin, Finish or Baseline nothing more may be
// sent, unless it wraps office.ErrTaken or office.ErrStale: then only this row must not be sent by this process, for
// now.
type Journal interface {
	// Begin records that a request is about to leave, and returns once that is on disk. The record's outcome is
	// unknown, and its attempts are one more than this process has read.
	Begin(office.Record) error
	// Held is asked right before a request leaves. An error means that it must not, because another process may have
	// taken the row over.
	Held(office.Key) error
	// Finish records the outcome, just as durably.
	Finish(office.Record) error
	// Orphans returns unknown rows that belong to this process from now on: at the start of a run all that no other
	// process holds, later those of processes that have died.
	Orphans(start bool) ([]office.Record, error)
	// UnderWay reports whether another process has the row, or a row of the name, under way. Then more will be known
	// about it soon.
	UnderWay(office.Key, office.Name) bool
	// Baseline starts a run. It takes the ids of all offices listed before anything is sent, and the primary office's
	// id ("" if the list names none). It is an error if an earlier run saw another primary office.
	Baseline(primary string, ids []string) (run int, err error)
	// InBaseline reports whether an office existed before a run.
	InBaseline(run int, id string) bool
	// Record returns a row's latest record, or false if there is none.
	Record(office.Key) (office.Record, bool, error)
	// Records returns the latest record of each row with one of the outcomes.
	Records(...office.Outcome) iter.Seq2[office.Record, error]
	// RecordsWhere returns the latest records that are wanted, judged by what is known of each without reading it.
	// wanted must not call the journal.
	RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error]
	// Owner returns the row that an office was created for, or found to exist for.
	Owner(officeID string) (office.Key, bool)
}

// File answers what must be known about the whole file to judge one row.
type File interface {
	// Has reports whether any row of the file, valid or not, has the key.
	Has(office.Hash) bool
	// SameName returns how many valid rows have a name and country. It is more than one only if a key column tells
	// them apart.
	SameName(office.Name) int
}
