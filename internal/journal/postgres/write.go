package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"officeimporter/internal/office"
)

// entry is a record as the tables store it.
type entry struct {
	seq    int64
	digest []byte
	name   []byte
	json   string
}

func (j *Journal) entry(r *office.Record) (e entry, err error) {
	if whole := string(r.Key) + r.Name + r.Country; !utf8.ValidString(whole) || strings.ContainsRune(whole, 0) {
		return e, fmt.Errorf("%w: %w", ErrJournal, errText)
	}
	kept := *r
	kept.Words, kept.RequestID, kept.Differs = text(r.Words), text(r.RequestID), make([]office.Difference, len(r.Differs))
	for i, d := range r.Differs {
		kept.Differs[i] = office.Difference{Field: d.Field, Sent: text(d.Sent), Stored: text(d.Stored)}
	}
	whole, err := json.Marshal(kept)
	if err != nil {
		return e, fmt.Errorf("%w: %w", ErrJournal, err)
	}
	return entry{j.seq.Add(1), digestOf(string(r.Key)), digestOf(string(office.NameOf(r.Name, r.Country))), string(whole)}, nil
}

func digestOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// Begin records that a request is about to leave: the record's outcome is unknown, and this process holds the row and
// its name. It is on the database's disk when Begin returns nil. An error that wraps office.ErrTaken means that
// another process holds the row or its name, or that more is known about it by now; one that wraps office.ErrStale
// means that an office of its name was created since this run's list. Then nothing was written. After any other error
// nothing more may be sent.
func (j *Journal) Begin(r office.Record) error {
	if err := j.writable(); err != nil {
		return err
	}
	e, err := j.entry(&r)
	if err != nil {
		return err
	}
	epoch := noEpoch // of the first call: a repeated one may find the first one's Begin, already taken over by another process
	var answer string
	err = j.do("write a row that is about to leave", func(ctx context.Context) error {
		now, err := j.lease.now()
		if err != nil {
			return err
		}
		if epoch == noEpoch {
			epoch = now
		}
		err = j.pool.QueryRow(ctx, `SELECT importer.begin_row($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			j.company, j.run, e.seq, j.lease.margin, e.digest, string(r.Key), e.name, r.Attempts, r.Doubted, text(j.options.FileStem), j.baselineNumber(), e.json).Scan(&answer)
		if err == nil && answer == "lapsed" {
			err = errLapsed
		}
		return err
	})
	if err != nil {
		return err
	}
	switch answer {
	case "taken":
		return fmt.Errorf("row %q: %w", r.Key, office.ErrTaken)
	case "stale":
		return fmt.Errorf("row %q: %w", r.Key, office.ErrStale)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.begun[r.Key] = epoch
	return nil
}

// Held reports whether this process may still send a row that it has begun. It is asked right before the row leaves.
// An error means that it must not leave: the lease is over, or was in between.
func (j *Journal) Held(key office.Key) error {
	now, err := j.lease.now()
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if epoch, known := j.begun[key]; !known || epoch != now {
		return errLapsed
	}
	return nil
}

// Finish records what came of a row, just as durably. An error that wraps office.ErrTaken means that the row belongs
// to another process by now: the record is kept for an auditor and changes nothing.
func (j *Journal) Finish(r office.Record) error {
	if err := j.writable(); err != nil {
		return err
	}
	e, err := j.entry(&r)
	if err != nil {
		return err
	}
	j.mu.Lock()
	delete(j.begun, r.Key)
	j.mu.Unlock()
	settled := r.Outcome == office.Unknown && !r.SettledAt.IsZero()
	var answer string
	err = j.do("write what came of a row", func(ctx context.Context) error {
		return j.pool.QueryRow(ctx, `SELECT importer.finish_row($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			j.company, j.run, e.seq, e.digest, string(r.Key), e.name, r.Attempts, r.Doubted, text(j.options.FileStem), r.Outcome.String(), text(r.OfficeID), settled, e.json).Scan(&answer)
	})
	if err == nil && answer == "taken" {
		err = fmt.Errorf("row %q: %w", r.Key, office.ErrTaken)
	}
	return err
}

// Orphans takes over unknown rows that no process settles any more, so that this one settles them. At the start of a
// run these are all that no other process holds. Later they are those whose holder has died, except rows that it
// could not settle.
func (j *Journal) Orphans(start bool) (records []office.Record, err error) {
	if err := j.writable(); err != nil {
		return nil, err
	}
	var digests [][]byte
	err = j.do("look for rows that nobody settles", func(ctx context.Context) error {
		digests = nil
		return j.scan(ctx, func(digest []byte) error { digests = append(digests, digest); return nil },
			`SELECT w.digest FROM importer.rows w JOIN importer.runs h ON h.id = w.holder WHERE w.company = $1 AND w.outcome = 'unknown' AND ($3 OR NOT w.settled)
			AND NOT $2 = ANY (w.lost)
			AND (h.id <> $2 AND (h.ended IS NOT NULL OR h.lease_until < clock_timestamp()) OR h.id = $2 AND $3)`, j.company, j.run, start)
	})
	if err != nil || len(digests) == 0 {
		return nil, err
	}
	err = j.do("take over rows", func(ctx context.Context) error {
		return j.scanRecords(ctx, &records, `SELECT importer.take_over($1, $2, $3)`, j.company, j.run, digests)
	})
	return records, err
}

// Baseline starts run 1, 2, ... of the company. It takes the ids of all offices listed before this process sends
// anything, and the primary office's id ("" if the list names none). It returns
// a *MismatchError if an earlier run saw another primary office.
func (j *Journal) Baseline(primary string, ids []string) (run int, err error) {
	if err := j.writable(); err != nil {
		return 0, err
	}
	if ids == nil {
		ids = []string{}
	}
	token := j.seq.Add(1)
	err = j.do("write the list of offices before the run", func(ctx context.Context) (err error) {
		run, err = j.writeBaseline(ctx, token, primary, ids)
		return err
	})
	var mismatch *MismatchError
	if errors.As(err, &mismatch) {
		return 0, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err == nil {
		j.number, j.runs[run] = run, setOf(ids)
	}
	return run, err
}
