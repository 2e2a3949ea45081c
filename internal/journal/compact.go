package journal

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"officeimporter/internal/office"
)

// Compaction. A file that is imported every night leaves a line for each
// attempt, and a list of all offices for each run that sends: years of them
// would be gigabytes, of which hardly anything still counts. So a journal that
// is mostly such history is written anew when it is opened, in the same lines:
//
//   - the latest line of each row, in the order in which they were;
//   - a line for each run, as its place says which run it is, with its list of
//     offices only where it may still be asked for;
//   - a mark that History no longer tells all.
//
// Programs that know nothing of compaction read it as any other journal; asked
// for a list that is gone they too stop, as it isn't the JSON of one.
const (
	compactFrom  = 4 << 20 // bytes; below, nobody minds
	compactShare = 2       // one byte of so many may still count, no more
)

// droppedList is the JSON of a baseline whose list is gone.
var droppedList = []byte(`"dropped"`)

// mark is the JSON of the line that says that a journal was compacted.
type compactionMark struct {
	At time.Time `json:"at"`
}

// Compacted is when lines that no longer count were last taken out of the
// journal; zero where they never were, and History tells all.
func (j *Journal) Compacted() time.Time { return j.compacted }

// lasting is a line that a compacted journal has.
type keptLine struct {
	location
	dropped bool // less the list of offices
}

// wasteful says whether to compact, and which lines would last. What the index
// knows rules it out nearly always; only then are records read.
func (j *Journal) worthCompacting() (lines []keptLine, yes bool, err error) {
	if j.end < compactFrom || j.rowBytes() > j.end/compactShare {
		return nil, false, nil
	}
	lines, err = j.keptLines()
	var size int64
	for _, l := range lines {
		if !l.dropped {
			size += int64(l.size)
		}
	}
	return lines, size <= j.end/compactShare, err
}

// rowBytes is how much the latest lines of all rows take.
func (j *Journal) rowBytes() (size int64) {
	for _, at := range j.index.rows {
		size += int64(at.size)
	}
	return size
}

// lasting are the lines that count, in order.
func (j *Journal) keptLines() ([]keptLine, error) {
	asked, err := j.neededRuns()
	if err != nil {
		return nil, err
	}
	lines := make([]keptLine, 0, len(j.index.baselines)+len(j.index.rows))
	for i, at := range j.index.baselines {
		lines = append(lines, keptLine{at, !asked[i+1]})
	}
	for _, at := range j.index.rows {
		lines = append(lines, keptLine{at, false})
	}
	slices.SortFunc(lines, func(a, b keptLine) int { return cmp.Compare(a.offset, b.offset) })
	return lines, nil
}

// askedRuns are the runs whose lists of offices may still be asked for.
func (j *Journal) neededRuns() (map[int]bool, error) {
	asked := map[int]bool{}
	for r, err := range j.Records() {
		if err != nil {
			return nil, err
		}
		if needsBaseline(&r) {
			asked[r.Run] = true
		}
	}
	return asked, nil
}

// asksForList says whether a later run may look for offices that a row has
// made, which those are not that were listed before its first attempt. A row
// that is an office is done with, unless it may be two.
func needsBaseline(r *office.Record) bool {
	return r.Outcome != office.Created && r.Outcome != office.Exists || r.SentAgain()
}

// writeCompacted writes a journal of these lines, each of which is a batch.
func (j *Journal) writeCompacted(w io.Writer, lines []keptLine, now time.Time) error {
	head, err1 := json.Marshal(j.header)
	made, err2 := json.Marshal(compactionMark{now.UTC().Truncate(time.Second)})
	if err := cmp.Or(err1, err2); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<18)
	text := appendLine(nil, 1, 1, 1, content(header, "", "", "", head))
	text = appendLine(text, 2, 1, 1, content(compacted, "", "", "", made))
	for i, l := range lines {
		raw, line, err := j.readRaw(j.file, l.location)
		if err != nil {
			return err
		}
		_, _ = out.Write(text) // Flush returns the error
		text = appendLine(text[:0], uint64(i+3), 1, 1, l.content(raw, &line))
	}
	_, _ = out.Write(text)
	return out.Flush()
}

// content is the line as it was, but for its list of offices if that is dropped.
func (l *keptLine) content(raw []byte, was *line) []byte {
	if l.dropped {
		return content(baseline, "", "", was.officeID(), droppedList)
	}
	return contentOf(raw)
}

func (j *Journal) readCompactionMark(l *line) error {
	var m compactionMark
	if err := json.Unmarshal(l.json, &m); err != nil {
		return fmt.Errorf("journal %s: when it was compacted: %w", j.path, err)
	}
	j.compacted = m.At
	return nil
}
