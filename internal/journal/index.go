package journal

import (
	"officeimporter/internal/office"
)

// location is where a line is in the file, without its line feed.
type location struct {
	offset  int64
	size    uint32
	outcome office.Outcome
	doubted bool
}

// index knows where the lines that matter are. It must be small, about 100 bytes a row, since a file may have a
// million rows.
type index struct {
	rows      map[office.Hash]location    // the latest line of each key
	owners    map[office.Hash]office.Hash // from an escaped office id to the key that had it last
	counts    [1 << 8]int                 // rows by outcome
	baselines []location                  // the lines of run 1, 2, ...
	primary   string                      // the primary office's id, if a baseline named it
}

func newIndex() index {
	return index{rows: map[office.Hash]location{}, owners: map[office.Hash]office.Hash{}}
}

// add indexes a line that is on disk.
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
