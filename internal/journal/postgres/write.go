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

// entry is a record as the tables have it.
type entry struct {
	seq    int64
	digest []byte
	name   []byte
	json   string
}

func (l *Journal) entry(r *office.Record) (e entry, err error) {
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
	return entry{l.seq.Add(1), digestOf(string(r.Key)), digestOf(string(office.NameOf(r.Name, r.Country))), string(whole)}, nil
}

func digestOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// Begin writes that a request is about to leave: the record's outcome is
// unknown, and the row and its name are this process's. It is on the database's
// disk when Begin returns nil. An error that wraps office.ErrTaken says that
// another process has the row or its name, or that more is known of it by now:
// then nothing was written. After any other error nothing more may be sent.
func (l *Journal) Begin(r office.Record) error {
	if err := l.able(); err != nil {
		return err
	}
	e, err := l.entry(&r)
	if err != nil {
		return err
	}
	epoch := none // of the first call: a later one may find what that has written, and another process has taken over
	var answer string
	err = l.do("write a row that is about to leave", func(ctx context.Context) error {
		now, err := l.lease.now()
		if err != nil {
			return err
		}
		if epoch == none {
			epoch = now
		}
		err = l.pool.QueryRow(ctx, `SELECT importer.begin_row($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			l.company, l.run, e.seq, l.lease.margin, e.digest, string(r.Key), e.name, r.Attempts, r.Doubted, text(l.options.Book), l.latest(), e.json).Scan(&answer)
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
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begun[r.Key] = epoch
	return nil
}

// Held says whether a row that was begun is still this process's to send: asked
// last thing before it leaves. An error means that it must not leave: its lease
// is over, or has been.
func (l *Journal) Held(key office.Key) error {
	now, err := l.lease.now()
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if epoch, known := l.begun[key]; !known || epoch != now {
		return errLapsed
	}
	return nil
}

// Finish writes what came of a row, with the same durability. An error that
// wraps office.ErrTaken says that it is another process's business by now: it
// is kept for an auditor, and changes nothing.
func (l *Journal) Finish(r office.Record) error {
	if err := l.able(); err != nil {
		return err
	}
	e, err := l.entry(&r)
	if err != nil {
		return err
	}
	l.mu.Lock()
	delete(l.begun, r.Key)
	l.mu.Unlock()
	settled := r.Outcome == office.Unknown && !r.SettledAt.IsZero()
	var answer string
	err = l.do("write what came of a row", func(ctx context.Context) error {
		return l.pool.QueryRow(ctx, `SELECT importer.finish_row($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			l.company, l.run, e.seq, e.digest, string(r.Key), e.name, r.Attempts, r.Doubted, text(l.options.Book), r.Outcome.String(), text(r.OfficeID), settled, e.json).Scan(&answer)
	})
	if err == nil && answer == "taken" {
		err = fmt.Errorf("row %q: %w", r.Key, office.ErrTaken)
	}
	return err
}

// Orphans takes over rows that are unknown and that no process settles any
// more, for this one to settle. At the start of a run these are all that no
// other process holds; later, those whose holder has died, but for rows that
// it could not settle.
func (l *Journal) Orphans(start bool) (records []office.Record, err error) {
	if err := l.able(); err != nil {
		return nil, err
	}
	var digests [][]byte
	err = l.do("look for rows that nobody settles", func(ctx context.Context) error {
		digests = nil
		return l.scan(ctx, func(digest []byte) error { digests = append(digests, digest); return nil },
			`SELECT w.digest FROM importer.rows w JOIN importer.runs h ON h.id = w.holder WHERE w.company = $1 AND w.outcome = 'unknown' AND ($3 OR NOT w.settled)
			AND NOT $2 = ANY (w.lost)
			AND (h.id <> $2 AND (h.ended IS NOT NULL OR h.lease_until < clock_timestamp()) OR h.id = $2 AND $3)`, l.company, l.run, start)
	})
	if err != nil || len(digests) == 0 {
		return nil, err
	}
	err = l.do("take over rows", func(ctx context.Context) error {
		return l.scanRecords(ctx, &records, `SELECT importer.take_over($1, $2, $3)`, l.company, l.run, digests)
	})
	return records, err
}

// Baseline starts run 1, 2, ... of the company: ids are all offices listed
// before this process sends anything, primary is the primary office's, empty
// where the list names none. It returns a *MismatchError where an earlier run
// saw another primary office.
func (l *Journal) Baseline(primary string, ids []string) (run int, err error) {
	if err := l.able(); err != nil {
		return 0, err
	}
	if ids == nil {
		ids = []string{}
	}
	token := l.seq.Add(1)
	err = l.do("write the list of offices before the run", func(ctx context.Context) (err error) {
		run, err = l.writeBaseline(ctx, token, primary, ids)
		return err
	})
	var mismatch *MismatchError
	if errors.As(err, &mismatch) {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.number, l.runs[run] = run, setOf(ids)
	}
	return run, err
}
