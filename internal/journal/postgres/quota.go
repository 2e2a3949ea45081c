package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// unansweredHold is how much longer than its window a call counts if no process says that it ended, because its
// process may have died.
const unansweredHold = 10 * time.Second

// Quota shares the limit of a company's calls among all processes: each call is reserved in the database, by the
// database's clock. It is safe for concurrent use.
type Quota struct {
	journal *Journal
	pool    *pgxpool.Pool
	timeout time.Duration

	mu    sync.Mutex
	ended []ended // ended calls that the database hasn't been told about
	lag   lag     // of the database's answers
}

// ended is a call that is over.
type ended struct {
	call int64
	free time.Time // from then on it doesn't count
}

// Quota returns the company's quota, for calls that take no longer than the timeout. The journal must be open for
// writing. Close the quota before the journal.
func (j *Journal) Quota(timeout time.Duration) (*Quota, error) {
	config := j.pool.Config()
	config.MaxConns = 4
	// If the server crashes it may lose the reservations of the last half second, some dozen calls, which the spacing
	// has room for, but never a row.
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJournal, j.secrets.clean(err))
	}
	return &Quota{journal: j, pool: pool, timeout: timeout}, nil
}

// Reserve reserves a call, which may leave after the wait, counted from the return, and not much later. A negative
// wait is already over. At most limit calls count at once, and the next one leaves at least a gap later. If none is
// free, call is 0, and wait says when to ask again. After an error, which wraps ErrJournal or is the context's, no
// call may be made.
func (q *Quota) Reserve(ctx context.Context, gap time.Duration, limit int, window time.Duration) (call int64, wait time.Duration, err error) {
	told := q.takeEnded()
	err = q.journal.do("reserve a call", func(c context.Context) error {
		if ctx.Err() != nil {
			return nil
		}
		ids, free := told.columns()
		var id *int64
		var seconds, at float64
		err := q.pool.QueryRow(c, `SELECT id, wait, at FROM importer.reserve($1, $2, $3, $4, $5, $6, $7)`, q.journal.company, gap, limit, window,
			q.timeout+window+unansweredHold, ids, free).Scan(&id, &seconds, &at)
		call, wait = 0, time.Duration(seconds*float64(time.Second))-q.late(err, at)
		if id != nil {
			call = *id
		}
		return err
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		q.putBack(told)
	}
	return call, wait, err
}

// late returns how much of a wait was over when the answer with it arrived.
func (q *Quota) late(err error, at float64) time.Duration {
	if err != nil {
		return 0
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.lag.of(at, time.Now())
}

// Done says that a call no longer counts after an instant. The database learns it with the next Reserve.
func (q *Quota) Done(call int64, free time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = append(q.ended, ended{call, free})
}

// Pause lets no call of any process leave for this long. If the database is away it does nothing, since then no call
// leaves anyway.
func (q *Quota) Pause(d time.Duration) {
	_ = q.journal.do("pause all calls", func(ctx context.Context) error {
		_, err := q.pool.Exec(ctx, `UPDATE importer.quotas SET paused_until = greatest(paused_until, clock_timestamp() + $2) WHERE company = $1`, q.journal.company, d)
		return err
	})
}

// Close closes the connections.
func (q *Quota) Close() { q.pool.Close() }

// calls is a batch of calls that have ended.
type calls []ended

func (q *Quota) takeEnded() calls {
	q.mu.Lock()
	defer q.mu.Unlock()
	told := q.ended
	q.ended = nil
	return told
}

func (q *Quota) putBack(told calls) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = append(told, q.ended...)
}

func (c calls) columns() (ids []int64, free []float64) {
	ids, free = make([]int64, len(c)), make([]float64, len(c))
	for i, e := range c {
		ids[i], free[i] = e.call, time.Until(e.free).Seconds()
	}
	return ids, free
}
