package journal

import (
	"officeimporter/internal/office"
)

// place is where a line stands, without its line feed.
type location struct {
	offset  int64
	size    uint32
	outcome office.Outcome
	doubted bool
}

// index says where the lines that count stand in the journal. It is small,
// about 100 bytes a row, as a file may have a million.
type index struct {
	rows      map[office.Hash]location    // the latest line of each key
	owners    map[office.Hash]office.Hash // of an escaped office id: the key that had it last
	counts    [1 << 8]int                 // rows by outcome
	baselines []location                  // of run 1, 2, ...
	primary   string                      // the primary office's id, where a baseline named it
}

func newIndex() index {
	return index{rows: map[office.Hash]location{}, owners: map[office.Hash]office.Hash{}}
}

// add takes in a line that is on disk.
func (x *index) add(l *line, at location) {
	switch {
	case l.isRecord():
		at.outcome, at.doubted = l.outcome, l.doubted()
		x.addRecord(l, at)
	case l.kind == baseline:
		x.baselines = append(x.baselines, at)
		if id := l.officeID(); id != "" {
			x.primary = id
		}
	}
}

func (x *index) addRecord(l *line, at location) {
	if before, known := x.rows[l.key]; known {
		x.counts[before.outcome]--
	}
	x.rows[l.key] = at
	x.counts[at.outcome]++
	if len(l.office) > 0 {
		x.owners[office.HashOf(l.office)] = l.key
	}
}
