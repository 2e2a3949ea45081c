package report

import "officeimporter/internal/office"

// place is where a line stands, without its line feed.
type place struct {
	offset  int64
	size    uint32
	outcome office.Outcome
}

// index says where the lines that count stand in the journal. It is small,
// about 100 bytes a row, as a file may have a million.
type index struct {
	rows      map[digest]place  // the latest line of each key
	owners    map[digest]digest // of an escaped office id: the key that had it last
	counts    [1 << 8]int       // rows by outcome
	baselines []place           // of run 1, 2, ...
	primary   string            // the primary office's id, where a baseline named it
}

func newIndex() index {
	return index{rows: map[digest]place{}, owners: map[digest]digest{}}
}

// add takes in a line that is on disk.
func (x *index) add(l *line, at place) {
	switch {
	case l.isRecord():
		at.outcome = l.outcome
		x.addRecord(l, at)
	case l.kind == baseline:
		x.baselines = append(x.baselines, at)
		if id := l.officeID(); id != "" {
			x.primary = id
		}
	}
}

func (x *index) addRecord(l *line, at place) {
	if before, known := x.rows[l.key]; known {
		x.counts[before.outcome]--
	}
	x.rows[l.key] = at
	x.counts[at.outcome]++
	if len(l.office) > 0 {
		x.owners[digestOf(l.office)] = l.key
	}
}
