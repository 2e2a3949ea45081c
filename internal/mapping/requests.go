package mapping

import (
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// batchRows is how many rows a worker maps at a time.
const batchRows = 64

// batch is some rows, and the requests made of them.
type batch struct {
	rows     []sheet.Row
	cells    []sheet.Cell // of all rows: the reader's own are gone with the next row
	err      error        // what ended the rows, after these
	requests []*office.Request
	failure  error // of mapping, after requests
	mapped   chan struct{}
}

// Requests maps the rows, in sheet order. Every pass reads them afresh and
// says the same; a Request is the caller's to keep. Rows are mapped on all
// processors beside the caller's work; a caller that stops early leaves
// nothing running. An error ends the pass: it is that of Sheet.Rows.
func (p *Plan) Requests() iter.Seq2[*office.Request, error] {
	return p.pass(func(int) bool { return true })
}

// RequestsOf maps some rows alone, by their numbers; the others cost no more
// than to read them. A pass of all rows must have come before, as that finds
// rows that have one key: else the pass is an error.
func (p *Plan) RequestsOf(wanted func(row int) bool) iter.Seq2[*office.Request, error] {
	if p.index == nil {
		return func(yield func(*office.Request, error) bool) { yield(nil, errUnseen) }
	}
	return p.pass(wanted)
}

var errUnseen = errors.New("some rows are asked for before all were seen")

func (p *Plan) pass(wanted func(row int) bool) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		ix := p.newIndexer()
		for b := range p.batches(wanted) {
			for _, r := range b.requests {
				ix.add(r)
				if !yield(r, nil) {
					return
				}
			}
			if err := b.failure; err != nil {
				yield(nil, err)
				return
			}
		}
		ix.finish()
	}
}

// batches are mapped batches in order. They end with one that has a failure,
// if there is any.
func (p *Plan) batches(wanted func(int) bool) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		workers := runtime.GOMAXPROCS(0)
		work, ordered := make(chan *batch, workers), make(chan *batch, 2*workers)
		stop := make(chan struct{})
		var running sync.WaitGroup
		defer running.Wait()
		defer close(stop)

		running.Go(func() { p.feed(wanted, work, ordered, stop) })
		for range workers {
			running.Go(func() { p.work(work) })
		}
		for b := range ordered {
			<-b.mapped
			if !yield(b) || b.failure != nil {
				return
			}
		}
	}
}

// feed reads the rows into batches, each for a worker and for the order.
func (p *Plan) feed(wanted func(int) bool, work, ordered chan<- *batch, stop <-chan struct{}) {
	defer close(ordered)
	defer close(work)
	for b := range p.filled(wanted) {
		// The worker's place comes first: what stands in the order is mapped.
		select {
		case work <- b:
		case <-stop:
			return
		}
		select {
		case ordered <- b:
		case <-stop:
			return
		}
	}
}

// filled are the wanted rows of the sheet in batches, not mapped yet.
func (p *Plan) filled(wanted func(int) bool) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		b := p.newBatch()
		for row, err := range p.sheet.Rows() {
			if err != nil {
				b.err = err
				break
			}
			if !wanted(row.Number) {
				continue
			}
			b.take(row)
			if len(b.rows) == batchRows {
				if !yield(b) {
					return
				}
				b = p.newBatch()
			}
		}
		yield(b)
	}
}

func (p *Plan) newBatch() *batch {
	cells, ok := p.spare.Get().(*[]sheet.Cell)
	if !ok {
		cells = new(make([]sheet.Cell, 0, batchRows*len(p.columns)))
	}
	return &batch{rows: make([]sheet.Row, 0, batchRows), cells: (*cells)[:0], mapped: make(chan struct{})}
}

// take copies a row: its cells are the reader's.
func (b *batch) take(row sheet.Row) {
	start := len(b.cells)
	b.cells = append(b.cells, row.Cells...)
	row.Cells = b.cells[start:len(b.cells):len(b.cells)]
	b.rows = append(b.rows, row)
}

func (p *Plan) work(work <-chan *batch) {
	d := newDraft(p)
	for b := range work {
		b.mapRows(d)
		p.spare.Put(new(b.cells)) // not &b.cells, which would keep the batch
		b.cells = nil
		close(b.mapped)
	}
}

func (b *batch) mapRows(d *draft) {
	b.requests = make([]*office.Request, 0, len(b.rows))
	b.failure = b.err
	for _, row := range b.rows {
		r, err := d.mapRow(row)
		if err != nil {
			b.failure = fmt.Errorf("row %d: %w", row.Number, err)
			return
		}
		b.requests = append(b.requests, r)
	}
	b.rows = nil
}

// settling finds rows that have one key, and counts rows: what can only be
// done in order.
type indexer struct {
	plan  *Plan
	keys  *keyIndex
	first bool // no whole pass came before
}

func (p *Plan) newIndexer() *indexer {
	if p.index != nil {
		return &indexer{plan: p, keys: p.index}
	}
	return &indexer{plan: p, keys: newKeyIndex(p.key.index >= 0), first: true}
}

func (s *indexer) add(r *office.Request) {
	if r.Key != "" {
		if first := s.keys.first(r); first != r.Row {
			s.duplicate(r, first)
		}
	}
	if s.first {
		s.keys.add(r)
	}
}

func (s *indexer) duplicate(r *office.Request, first int) {
	p := office.Problem{Row: r.Row, Kind: DuplicateRow, Message: fmt.Sprintf("has the same name and country as %s %d", s.plan.sheet.Unit, first),
		Suggestion: "delete one, or name a column that tells them apart as key in a mapping file"}
	if s.plan.key.index >= 0 {
		p.Column, p.Message, p.Suggestion = s.plan.key.label, fmt.Sprintf("has the same key as %s %d", s.plan.sheet.Unit, first), "give every row a key of its own"
	}
	r.Problems = append(r.Problems, p)
	r.Body, r.Digest = nil, office.Digest{}
}

func (s *indexer) finish() {
	if s.first {
		s.keys.close()
		s.plan.index = s.keys
	}
}
