package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"officeimporter/internal/office"
)

// scan calls take with the only column of each row of a query.
func (j *Journal) scan(ctx context.Context, take func([]byte) error, sql string, args ...any) error {
	rows, err := j.pool.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	var value []byte
	_, err = pgx.ForEachRow(rows, []any{&value}, func() error { return take(append([]byte(nil), value...)) })
	return err
}

// scanRecords reads the records of a query into a slice, which it empties first.
func (j *Journal) scanRecords(ctx context.Context, into *[]office.Record, sql string, args ...any) error {
	*into = nil
	return j.scan(ctx, func(whole []byte) error {
		var r office.Record
		err := json.Unmarshal(whole, &r)
		*into = append(*into, r)
		return err
	}, sql, args...)
}

// writeBaseline adds a run, once for each token.
func (j *Journal) writeBaseline(ctx context.Context, token int64, primary string, ids []string) (number int, err error) {
	err = pgx.BeginFunc(ctx, j.pool, func(tx pgx.Tx) error {
		var before string
		if err := tx.QueryRow(ctx, `SELECT primary_office FROM importer.companies WHERE id = $1 FOR UPDATE`, j.company).Scan(&before); err != nil {
			return err
		}
		if before != "" && primary != "" && before != primary {
			return &MismatchError{before, primary}
		}
		err := tx.QueryRow(ctx, `SELECT number FROM importer.baselines WHERE run = $1 AND token = $2`, j.run, token).Scan(&number)
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE importer.companies SET primary_office = $2 WHERE id = $1 AND $2 <> ''`, j.company, primary); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `INSERT INTO importer.baselines (company, number, run, token, office_ids)
			SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4 FROM importer.baselines WHERE company = $1 RETURNING number`, j.company, j.run, token, ids).Scan(&number)
	})
	return number, err
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

func (j *Journal) baselineNumber() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.number
}

// InBaseline reports whether an office was listed before a run; false if there was no such run. If the database can't
// be read it returns false, and nothing can be written from then on.
func (j *Journal) InBaseline(run int, id string) bool {
	j.mu.Lock()
	ids, known := j.runs[run]
	j.mu.Unlock()
	if known || j.company == 0 {
		return ids[id]
	}
	var list []string
	err := j.do("read the list of offices before a run", func(ctx context.Context) error {
		err := j.pool.QueryRow(ctx, `SELECT office_ids FROM importer.baselines WHERE company = $1 AND number = $2`, j.company, run).Scan(&list)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.runs[run] = setOf(list)
	return j.runs[run][id]
}

// Record returns the latest record of a row, or false if there is none.
func (j *Journal) Record(key office.Key) (r office.Record, known bool, err error) {
	if j.company == 0 {
		return r, false, nil
	}
	var whole []byte
	var book string
	err = j.do("read a row", func(ctx context.Context) error {
		whole = nil
		err := j.pool.QueryRow(ctx, `SELECT record, book FROM importer.rows WHERE company = $1 AND digest = $2`, j.company, digestOf(string(key))).Scan(&whole, &book)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || whole == nil {
		return r, false, err
	}
	err = json.Unmarshal(whole, &r)
	r.Elsewhere = book != text(j.options.FileStem)
	return r, err == nil, err
}

// Records returns the latest record of each row with one of the outcomes, or of all rows if none is given, in the
// order in which they were written.
func (j *Journal) Records(with ...office.Outcome) iter.Seq2[office.Record, error] {
	return j.RecordsWhere(func(m office.RowInfo) bool { return len(with) == 0 || slices.Contains(with, m.Outcome) })
}

// recordsAtOnce is how many records are read together.
const recordsAtOnce = 1000

// RecordsWhere returns those of Records that are wanted, without reading the others.
func (j *Journal) RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error] {
	return func(yield func(office.Record, error) bool) {
		digests, err := j.digests(wanted)
		for some := range slices.Chunk(digests, recordsAtOnce) {
			var records []office.Record
			if records, err = j.records(some); err != nil {
				break
			}
			for _, r := range records {
				// It may have changed since, and not be wanted any more.
				if wanted(office.RowInfo{Key: r.Key.Hash(), Outcome: r.Outcome, Doubted: r.Doubted}) && !yield(r, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(office.Record{}, err)
		}
	}
}

// digests returns the hashes of the keys of wanted rows, in the order in which they were written.
func (j *Journal) digests(wanted func(office.RowInfo) bool) (digests [][]byte, err error) {
	if j.company == 0 {
		return nil, nil
	}
	err = j.do("read which rows there are", func(ctx context.Context) error {
		digests = nil
		rows, err := j.pool.Query(ctx, `SELECT digest, outcome, doubted FROM importer.rows WHERE company = $1 ORDER BY changed, digest`, j.company)
		if err != nil {
			return err
		}
		var digest []byte
		var outcome string
		var m office.RowInfo
		_, err = pgx.ForEachRow(rows, []any{&digest, &outcome, &m.Doubted}, func() error {
			copy(m.Key[:], digest) // a Hash is the first half of the digest
			err := m.Outcome.UnmarshalText([]byte(outcome))
			if err == nil && wanted(m) {
				digests = append(digests, slices.Clone(digest))
			}
			return err
		})
		return err
	})
	return digests, err
}

func (j *Journal) records(digests [][]byte) (all []office.Record, err error) {
	err = j.do("read the rows", func(ctx context.Context) error {
		all = nil
		rows, err := j.pool.Query(ctx, `SELECT record, book FROM importer.rows WHERE company = $1 AND digest = ANY ($2) ORDER BY changed, digest`, j.company, digests)
		if err != nil {
			return err
		}
		var whole []byte
		var book string
		_, err = pgx.ForEachRow(rows, []any{&whole, &book}, func() error {
			r := office.Record{Elsewhere: book != text(j.options.FileStem)}
			err := json.Unmarshal(whole, &r)
			all = append(all, r)
			return err
		})
		return err
	})
	return all, err
}

// Compacted returns the zero time: the database keeps everything.
func (j *Journal) Compacted() time.Time { return time.Time{} }

// Owner returns the row that an office was created for or found to exist for; the last such row if there are several.
// If the database can't be read it returns false, and nothing can be written from then on.
func (j *Journal) Owner(officeID string) (key office.Key, owned bool) {
	if j.company == 0 || officeID == "" {
		return "", false
	}
	var found string
	err := j.do("read whose an office is", func(ctx context.Context) error {
		err := j.pool.QueryRow(ctx, `SELECT key FROM importer.rows WHERE company = $1 AND office_id = $2 AND outcome IN ('created', 'exists') ORDER BY changed DESC LIMIT 1`,
			j.company, text(officeID)).Scan(&found)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	return office.Key(found), err == nil && found != ""
}

// UnderWay reports whether another process has a row, or a row of a name, under way, so that more will be known soon.
// If the database can't be read it returns true, and nothing can be written from then on.
func (j *Journal) UnderWay(key office.Key, name office.Name) bool {
	if j.company == 0 {
		return false
	}
	under := true
	_ = j.do("read what others have under way", func(ctx context.Context) error {
		return j.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM importer.rows w JOIN importer.runs h ON h.id = w.holder
			WHERE w.company = $1 AND w.outcome = 'unknown' AND w.holder <> $2 AND NOT w.settled AND (w.digest = $3 OR w.name = $4)
			AND (NOT $2 = ANY (w.lost) OR h.ended IS NULL AND h.lease_until > clock_timestamp()))`, // else it is for the next run
			j.company, j.run, digestOf(string(key)), digestOf(string(name))).Scan(&under)
	})
	return under
}

// Count returns how many rows have an outcome.
func (j *Journal) Count(o office.Outcome) int { return j.count(`outcome = $2`, o.String()) }

// Unsettled returns how many rows are unknown.
func (j *Journal) Unsettled() int { return j.Count(office.Unknown) }

// Len returns how many rows the journal knows.
func (j *Journal) Len() int { return j.count(`$2 = ''`, "") }

// count returns 0 if the database can't be read; the next read says why.
func (j *Journal) count(where, arg string) (n int) {
	if j.company == 0 {
		return 0
	}
	_ = j.do("count the rows", func(ctx context.Context) error {
		return j.pool.QueryRow(ctx, `SELECT count(*) FROM importer.rows WHERE company = $1 AND `+where, j.company, arg).Scan(&n)
	})
	return n
}

// Runs returns how many runs of the company have listed its offices.
func (j *Journal) Runs() (n int) {
	_ = j.do("count the runs", func(ctx context.Context) error {
		return j.pool.QueryRow(ctx, `SELECT count(*) FROM importer.baselines WHERE company = $1`, j.company).Scan(&n)
	})
	return n
}

// History returns everything that was recorded about a row, oldest first, or nothing if it is not known.
func (j *Journal) History(key office.Key) (records []office.Record, err error) {
	if j.company == 0 {
		return nil, nil
	}
	err = j.do("read what was written of a row", func(ctx context.Context) error {
		return j.scanRecords(ctx, &records, `SELECT record FROM importer.attempts WHERE company = $1 AND digest = $2 ORDER BY at, run, seq`, j.company, digestOf(string(key)))
	})
	return records, err
}
