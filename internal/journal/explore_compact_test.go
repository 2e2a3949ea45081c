package journal

import (
	"bytes"
	"os"
	"testing"
	"time"
)

// TestExploreCompacted is TestExplore with journals that are compacted whenever a run begins: no
// promise may depend on what was removed. It runs every other scenario, or all if a bound is given.
func TestExploreCompacted(t *testing.T) {
	bound := budget{faults: 1, crashes: 1, together: min(2, usualBound.together)}
	if testing.Short() {
		bound = budget{faults: 1, crashes: 1, together: 1}
	}
	for i, s := range scenarios(t) {
		if i%2 == 1 && os.Getenv(exploreVariable) == "" {
			continue
		}
		s.compact = true
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			explore(t, s, bound)
		})
	}
}

// compactedBytes returns a journal as it would be after compaction. If it can't be read it is left
// as it is, and the run reports it.
func compactedBytes(data []byte) []byte {
	j, err := openOn(&memoryFile{data: bytes.Clone(data)}, "model.journal", testHeader)
	if err != nil || len(data) == 0 {
		return data
	}
	lines, err := j.keptLines()
	var out bytes.Buffer
	if err != nil || j.writeCompacted(&out, lines, time.Now()) != nil {
		return data
	}
	return out.Bytes()
}
