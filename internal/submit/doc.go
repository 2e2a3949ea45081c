// Package submit sends requests to the offices API, and finds out what became
// of those whose answer does not tell.
//
// An office can't be deleted, the API has no idempotency key, and an answer
// can be lost. So the package keeps three rules: a request leaves only after
// the journal has it on disk; what may have reached the server is never sent
// again before complete lists of the company's offices have spoken; and in
// doubt a row stays unknown until a person decides.
//
// Limiter paces all calls, Client makes them, Judge says what stands for a
// row, Submitter drives the workers, and settling (settle.go) resolves doubts.
package submit

import (
	"iter"

	"officeimporter/internal/office"
)

// Journal is the durable memory of a company's runs. It may be shared by
// several processes, each of which holds the rows that it has under way. All
// methods may be called concurrently. An error of Begin, Finish or Baseline
// means that nothing more may be sent, unless it wraps office.ErrTaken or
// office.ErrStale: then it is this one row that must not be sent by this
// process, for now.
type Journal interface {
	// Begin writes that a request is about to leave, and returns once that is
	// on disk. The record's outcome is unknown; its attempts are one more than
	// those that this process has read.
	Begin(office.Record) error
	// Held is asked last thing before a request leaves: an error means that it
	// must not, as another process may have taken its row over.
	Held(office.Key) error
	// Finish writes what came of it, with the same durability.
	Finish(office.Record) error
	// Orphans are rows that are unknown and that are this process's from now
	// on: at the start of a run all that no other process holds, later those of
	// processes that have died.
	Orphans(start bool) ([]office.Record, error)
	// UnderWay says whether another process has the row, or a row of the name,
	// under way, so that more will be known of it soon.
	UnderWay(office.Key, office.Name) bool
	// Baseline starts a run: the ids of all offices listed before anything is
	// sent, and the primary office's id (empty if the list names none). It is
	// an error if an earlier run saw another primary office.
	Baseline(primary string, ids []string) (run int, err error)
	// InBaseline says whether an office was there before a run.
	InBaseline(run int, id string) bool
	// Record is the latest of a row; false if there is none.
	Record(office.Key) (office.Record, bool, error)
	// Records are the latest of each row, those with one of the outcomes.
	Records(...office.Outcome) iter.Seq2[office.Record, error]
	// RecordsWhere are those of them that are wanted, by what is known of each
	// without reading it. wanted must not call the journal.
	RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error]
	// Owner is the row that an office was created for or found to exist for.
	Owner(officeID string) (office.Key, bool)
}

// File is what must be known of all rows of the file to judge one.
type File interface {
	// Has says whether a valid or invalid row of the file has the key.
	Has(office.Hash) bool
	// SameName is how many valid rows have a name and country; more than one
	// only where a key column tells them apart.
	SameName(office.Name) int
}
