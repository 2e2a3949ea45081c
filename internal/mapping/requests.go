package mapping

import (
	"fmt"
	"iter"
	"runtime"
	"sync"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// batchRows is how many rows a worker maps at a time.
const batchRows = 64

// batch is some rows and the requests made of them.
type batch struct {
	rows     []sheet.Row
	cells    []sheet.Cell // copies for all rows, as the reader reuses its cells
	err      error        // what ended the reading after these rows
	requests []*office.Request
	failure  error // what ended the mapping after these requests
	mapped   chan struct{}
}

// Requests maps the rows, in sheet order. Every pass reads them afresh and says the same; a Request is the caller's
// to keep. Rows are mapped on all processors next to the caller's work; a caller that stops early leaves nothing
// running. An error ends the pass: it is that of Sheet.Rows.
func (p *Plan) Requests() iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		p.pass(newKeyIndex(p.key.index >= 0), everyRow)(yield)
	}
}

func everyRow(int) bool { return true }

// pass maps the wanted rows. What can only be done in order is done here: rows that have one key are found by the
// index, which the first pass fills.
func (p *Plan) pass(index *keyIndex, wanted func(row int) bool) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		for b := range p.batches(wanted) {
			for _, r := range b.requests {
				p.refuseDuplicate(r, index)
				if !yield(r, nil) {
					return
				}
			}
			if err := b.failure; err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// batches yields mapped batches in order. If one fails, it is the last.
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

// feed sends each batch of rows both to the workers and to the reader in order.
func (p *Plan) feed(wanted func(int) bool, work, ordered chan<- *batch, stop <-chan struct{}) {
	defer close(ordered)
	defer close(work)
	for b := range p.filled(wanted) {
		// To the workers first, so that every batch in the ordered queue gets mapped.
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

// filled yields the wanted rows in batches that aren't mapped yet.
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

// take copies a row, as the reader reuses its cells.
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
		p.spare.Put(new(b.cells)) // not &b.cells, which would keep the batch in memory
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

// refuseDuplicate refuses a row whose key another one had first.
func (p *Plan) refuseDuplicate(r *office.Request, index *keyIndex) {
	if r.Key == "" {
		return
	}
	if first := index.first(r); first != r.Row {
		r.Problems = append(r.Problems, p.duplicate(r.Row, first))
		r.Body, r.Digest = nil, office.Digest{}
	}
}

func (p *Plan) duplicate(row, first int) office.Problem {
	if p.key.index >= 0 {
		return office.Problem{Row: row, Kind: DuplicateRow, Column: p.key.label, Message: fmt.Sprintf("has the same key as %s %d", p.sheet.Unit, first),
			Suggestion: "give every row a key of its own"}
	}
	return office.Problem{Row: row, Kind: DuplicateRow, Message: fmt.Sprintf("has the same name and country as %s %d", p.sheet.Unit, first),
		Suggestion: "delete one, or name a column that tells them apart as key in a mapping file"}
}
