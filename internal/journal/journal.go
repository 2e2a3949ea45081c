// Package journal records in a file what a run must not forget: which requests may have left, and what came of them.
//
// It is pessimistic: a row is unknown on disk before its request leaves, so a crash at any moment leaves nothing to
// repair.
package journal

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"officeimporter/internal/office"
)

// Journal is the durable record of a run. It only grows, except that Open may remove history that no longer matters.
// All methods are safe for concurrent use. The zero Journal is empty and can't be written.
//
// After a write or a sync failed it accepts nothing more: Begin, Finish and Baseline return the same error, which
// wraps ErrJournal. What is on disk can still be read, for the reports.
type Journal struct {
	path string
	file file         // nil in the zero Journal
	lock *flock.Flock // nil if it is read-only

	runMu     sync.Mutex // held while a run is started
	header    Header
	compacted time.Time // when it was last compacted; zero: never
	batch     uint64    // number of the last batch on disk; only the batch being written changes it
	end       int64     // end of what is on disk; likewise

	mu      sync.Mutex // guards the fields below
	index   index
	filling *batch                  // the batch that still accepts lines; nil: the next line starts one
	last    <-chan struct{}         // closed once the batch that was started last has ended
	err     error                   // why nothing more can be written
	runs    map[int]map[string]bool // baselines that were read
}

// Header returns the first line, which says whose journal it is; zero if it is empty.
func (j *Journal) Header() Header { return j.header }

// Path returns where the journal is, as the caller named it.
func (j *Journal) Path() string { return j.path }

// Begin records that a request is about to leave: the record's outcome is unknown. It is on disk when Begin returns
// nil; otherwise nothing may be sent.
func (j *Journal) Begin(r office.Record) error { return j.put(begin, r) }

// Finish records what came of a row. It is on disk when Finish returns nil.
func (j *Journal) Finish(r office.Record) error { return j.put(finish, r) }

func (j *Journal) put(k kind, r office.Record) error {
	if !utf8.ValidString(string(r.Key)) {
		return fmt.Errorf("%w: %w", ErrJournal, errKey) // JSON would change the key, and nobody would find the row
	}
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrJournal, err)
	}
	key := r.Key.Hash()
	return j.append(content(k, r.Outcome.String(), hex.EncodeToString(key[:]), r.OfficeID, text))
}

// Unsettled returns how many rows are unknown: their last attempt may have created an office.
func (j *Journal) Unsettled() int { return j.Count(office.Unknown) }

// Count returns how many rows have an outcome.
func (j *Journal) Count(o office.Outcome) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.index.counts[o]
}

// Len returns how many rows the journal knows.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.index.rows)
}

// Close waits for what is being written, and lets others open the journal. It may be called twice.
func (j *Journal) Close() error {
	j.mu.Lock()
	closed := errors.Is(j.err, errClosed)
	j.err = fmt.Errorf("%w: %s: %w", ErrJournal, j.path, errClosed)
	last := j.last
	j.mu.Unlock()
	if closed || j.file == nil {
		return nil
	}
	if last != nil {
		<-last
	}
	err := j.file.Close()
	if j.lock != nil {
		err = errors.Join(err, j.lock.Unlock())
	}
	if err != nil {
		return fmt.Errorf("journal %s: %w", j.path, err)
	}
	return nil
}

// A journal in a file belongs to one process alone. These methods answer what a journal shared by several processes
// has more to say about.

// Held returns nil: nobody can take over what this process has begun.
func (j *Journal) Held(office.Key) error { return nil }

// UnderWay returns false: there is no other process.
func (j *Journal) UnderWay(office.Key, office.Name) bool { return false }

// Orphans returns the rows that earlier runs left unknown. Later than at the start of a run there are none.
func (j *Journal) Orphans(start bool) (orphans []office.Record, err error) {
	if !start {
		return nil, nil
	}
	for record, err := range j.Records(office.Unknown) {
		if err != nil {
			return nil, err
		}
		orphans = append(orphans, record)
	}
	return orphans, nil
}
