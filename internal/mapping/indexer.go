package mapping

import (
	"fmt"

	"officeimporter/internal/office"
)

// indexer finds rows with the same key and counts rows, which must happen in row order.
type indexer struct {
	plan  *Plan
	keys  *keyIndex
	first bool // no complete pass came before
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
