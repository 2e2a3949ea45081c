package report

import (
	"cmp"
	"slices"

	"officeimporter/internal/office"
)

const (
	groupRows = 10 // rows that a group names
	maxWords  = 20 // groups by the server's words, for each kind
)

// Groups are problems of the same kind and field, or with the same words.
type Groups struct {
	byKey map[groupKey]*Group
	words map[office.ProblemKind]int
}

type groupKey struct {
	Kind  office.ProblemKind
	Field string
	Words string // what the server said; empty for other problems
}

// Group is one line of a summary.
type Group struct {
	Kind       office.ProblemKind `json:"kind"`
	Field      string             `json:"field,omitempty"`
	Message    string             `json:"message"`              // of the first
	Varied     bool               `json:"varied,omitempty"`     // others have other messages, as they name the value
	Suggestion string             `json:"suggestion,omitempty"` // what would be right, if it is the same for all
	Count      int                `json:"count"`                // rows
	Rows       []int              `json:"rows"`                 // the first of them

	Words string `json:"-"` // what the server said, which defines the group; empty if Kind and Field define it
	last  int    // the last row that was counted
}

// add takes in a problem of a row: its kind and field say where it belongs, as
// its message often names the value.
func (g *Groups) add(row int, p *office.Problem) {
	place := cmp.Or(p.Field, p.Column)
	g.put(row, groupKey{Kind: p.Kind, Field: place}, p)
}

// addWords takes in what the server said: its words are all that tells one
// reason from another. If they turn out to be different for every row, the
// rest is one group.
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
		entry.Suggestion = "" // what is right for one is not for all
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

// Sorted are the groups with the most rows first.
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
