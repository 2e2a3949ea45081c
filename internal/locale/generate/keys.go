package main

import (
	"maps"
	"slices"

	"officeimporter/internal/locale"
)

// keys collects which keys mean which code. A code wins over a name written by hand, and that over a name from the
// sources. A key that two codes claim equally means neither.
type keys struct {
	owner map[string]string // codes by key; "" if several codes claim the key
	rank  map[string]int
}

const (
	aName = iota
	byWriter
	aCode
)

func newKeys() *keys {
	return &keys{owner: map[string]string{}, rank: map[string]int{}}
}

func (k *keys) claim(code, text string, rank int) {
	key := locale.Key(text)
	if rank == aName && len(key) < 4 { // "VS", Dutch for the USA, is more likely a mistyped code
		return
	}
	owner, taken := k.owner[key]
	switch {
	case !taken || rank > k.rank[key]:
		k.owner[key], k.rank[key] = code, rank
	case rank == k.rank[key] && owner != code:
		k.owner[key] = ""
	}
}

func (k *keys) of(code string) []string {
	var own []string
	for _, key := range slices.Sorted(maps.Keys(k.owner)) {
		if k.owner[key] == code {
			own = append(own, key)
		}
	}
	return own
}
