// Package journal is what a run must not forget, in a file: which requests may
// have left, and what came of them.
//
// It is pessimistic: a row is unknown on disk before its request leaves, so a
// crash at any moment needs no state of its own.
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

// Journal is the durable memory of a run. It only grows, but for what no longer
// counts, which OpenJournal may take out. All methods may be called concurrently. The zero Journal is empty, and can't be written.
//
// After a write or a sync that failed it accepts nothing more: Begin, Finish
// and Baseline return the same error, which wraps ErrJournal, while what is on
// disk can still be read, for the reports.
type Journal struct {
	path string
	file file         // nil in the zero Journal
	lock *flock.Flock // nil where it is read only

	runMu     sync.Mutex // held by the run that is started
	header    Header
	compacted time.Time // when what no longer counted was last taken out; zero: never
	batch     uint64    // the last that is on disk; only the batch that is being written touches it
	end       int64     // of what is on disk; likewise

	mu      sync.Mutex // guards what follows
	index   index
	filling *batch                  // the batch that still takes lines; nil: the next line starts one
	last    <-chan struct{}         // of the batch that was started last: closed once it has ended
	err     error                   // why nothing can be written any more
	runs    map[int]map[string]bool // baselines that were asked for
}

// Header says whose journal it is; zero where it is empty.
func (j *Journal) Header() Header { return j.header }

// Path is where it stands, as the caller named it.
func (j *Journal) Path() string { return j.path }

// Begin writes that a request is about to leave: the record's outcome is
// unknown. It is on disk when Begin returns nil; else nothing may be sent.
func (j *Journal) Begin(r office.Record) error { return j.put(begin, r) }

// Finish writes what came of a row. It is on disk when Finish returns nil.
func (j *Journal) Finish(r office.Record) error { return j.put(finish, r) }

func (j *Journal) put(k kind, r office.Record) error {
	if !utf8.ValidString(string(r.Key)) {
		return fmt.Errorf("%w: %w", ErrJournal, errKey) // JSON would change it, and nobody would find it
	}
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrJournal, err)
	}
	key := r.Key.Hash()
	return j.append(content(k, r.Outcome.String(), hex.EncodeToString(key[:]), r.OfficeID, text))
}

// Unsettled is how many rows are unknown: it may be that the last attempt of
// each has created an office.
func (j *Journal) Unsettled() int { return j.Count(office.Unknown) }

// Count is how many rows have an outcome.
func (j *Journal) Count(o office.Outcome) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.index.counts[o]
}

// Len is how many rows the journal knows.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.index.rows)
}

// Close waits for what is being written, and lets others open the journal.
// It may be called twice.
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
