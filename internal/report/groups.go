package report

import (
	"cmp"
	"slices"

	"officeimporter/internal/office"
)

const (
	groupRows = 10 // rows that a group lists
	maxWords  = 20 // groups by the server's words, per kind
)

// Groups counts problems by kind and field, or by the server's words. The zero Groups is ready for use. Not for
// concurrent use.
type Groups struct {
	byKey map[groupKey]*Group
	words map[office.ProblemKind]int
}

type groupKey struct {
	Kind  office.ProblemKind
	Field string
	Words string // what the server said; empty for other problems
}

// Group is one line of a summary: problems of one kind.
type Group struct {
	Kind       office.ProblemKind `json:"kind"`
	Field      string             `json:"field,omitempty"`
	Message    string             `json:"message"`              // of the first problem
	Varied     bool               `json:"varied,omitempty"`     // other problems have other messages, for example because they quote the value
	Suggestion string             `json:"suggestion,omitempty"` // empty if the problems have different ones
	Count      int                `json:"count"`                // of rows
	Rows       []int              `json:"rows"`                 // the first few

	Words string `json:"-"` // what the server said, which defines the group; empty if Kind and Field define it
	last  int    // the last row that was counted
}

// add counts a problem by its kind and field, because its message often names the value.
func (g *Groups) add(row int, p *office.Problem) {
	place := cmp.Or(p.Field, p.Column)
	g.put(row, groupKey{Kind: p.Kind, Field: place}, p)
}

// addWords counts what the server said. Only its words tell one reason from another; if they differ for every row,
// the rest becomes one group.
func (g *Groups) addWords(row int, p *office.Problem) {
	key := groupKey{Kind: p.Kind, Words: p.Message}
	if g.byKey[key] == nil && g.words[p.Kind] == maxWords {
		key.Words = ""
	}
	g.put(row, key, p)
}

func (g *Groups) put(row int, key groupKey, p *office.Problem) {
	entry := g.byKey[key]
	if entry == nil {
		entry = g.start(key, p)
	}
	entry.Varied = entry.Varied || entry.Message != p.Message
	if entry.Suggestion != p.Suggestion {
		entry.Suggestion = "" // it isn't right for all
	}
	if entry.Count > 0 && entry.last == row {
		return
	}
	entry.Count, entry.last = entry.Count+1, row
	if len(entry.Rows) < groupRows {
		entry.Rows = append(entry.Rows, row)
	}
}

func (g *Groups) start(key groupKey, p *office.Problem) *Group {
	if g.byKey == nil {
		g.byKey, g.words = map[groupKey]*Group{}, map[office.ProblemKind]int{}
	}
	if key.Words != "" {
		g.words[key.Kind]++
	}
	g.byKey[key] = &Group{Kind: key.Kind, Field: key.Field, Words: key.Words, Message: p.Message, Suggestion: p.Suggestion}
	return g.byKey[key]
}

// Sorted returns the groups, those with the most rows first.
func (g *Groups) Sorted() []*Group {
	list := make([]*Group, 0, len(g.byKey))
	for _, entry := range g.byKey {
		list = append(list, entry)
	}
	slices.SortFunc(list, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rows[0], b.Rows[0]),
			cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Message, b.Message))
	})
	return list
}
