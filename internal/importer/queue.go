package importer

import (
	"context"
	"iter"
	"sync"

	"officeimporter/internal/office"
)

// queues hold the requests of several companies, by company. All requests come from one pass over the file, and each
// company takes its own at its own pace. The queues have no limit, so that a slow company never blocks the others.
type queues map[string]*queue

type queue struct {
	mu     sync.Mutex
	change sync.Cond
	rows   []*office.Request
	ended  bool
	err    error // why the pass ended early; nil if it did not
}

func newQueues(all companyRuns) queues {
	q := make(queues, len(all))
	for _, c := range all {
		one := new(queue)
		one.change.L = &one.mu
		q[c.company] = one
	}
	return q
}

// fill reads the requests until they or the context end.
func (q queues) fill(ctx context.Context, requests iter.Seq2[*office.Request, error]) {
	var failed error
	for r, err := range requests {
		if failed = err; err != nil || ctx.Err() != nil {
			break
		}
		if one := q[r.Company]; one != nil {
			r.Readings = nil // the reports read the rows again
			one.put(r)
		}
	}
	for _, one := range q {
		one.end(failed)
	}
}

func (q *queue) put(r *office.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rows = append(q.rows, r)
	q.change.Signal()
}

func (q *queue) end(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended, q.err = true, err
	q.change.Signal()
}

// all yields the requests in sheet order, as they come.
func (q *queue) all(yield func(*office.Request, error) bool) {
	for {
		r, more, err := q.next()
		if !more && err == nil || !yield(r, err) || err != nil {
			return
		}
	}
}

func (q *queue) next() (r *office.Request, more bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.rows) == 0 && !q.ended {
		q.change.Wait()
	}
	if len(q.rows) == 0 {
		return nil, false, q.err
	}
	r, q.rows = q.rows[0], q.rows[1:]
	return r, true, nil
}
