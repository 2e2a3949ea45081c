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

// Compaction. A file that is imported every night leaves a line for each attempt, and a list of all offices for each
// run that sends. After years these would be gigabytes, almost all of it history that no longer matters. So a journal
// that is mostly history is rewritten when it is opened. It keeps these lines:
//
//   - the latest line of each row, in the original order;
//   - a line for each run, since its position is the run's number, with its list of
//     offices only if it may still be needed;
//   - a mark that History is no longer complete.
//
// Versions of the program that don't know compaction can read such a journal. If they need a list that is gone they
// stop, since its JSON is not a list.
const (
	compactFrom  = 4 << 20 // bytes; smaller journals are left alone
	compactShare = 2       // compact if at most one byte in this many still matters
)

// droppedList is the JSON of a baseline whose list was dropped.
var droppedList = []byte(`"dropped"`)

// compactionMark is the JSON of the line that says that a journal was compacted.
type compactionMark struct {
	At time.Time `json:"at"`
}

// Compacted returns when history was last removed from the journal; zero if it never was and History is complete.
func (j *Journal) Compacted() time.Time { return j.compacted }

// keptLine is a line that compaction keeps.
type keptLine struct {
	location
	dropped bool // without its list of offices
}

// worthCompacting reports whether to compact, and which lines to keep. The index nearly always rules it out; only
// otherwise are records read.
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

// rowBytes returns the size of the latest lines of all rows.
func (j *Journal) rowBytes() (size int64) {
	for _, at := range j.index.rows {
		size += int64(at.size)
	}
	return size
}

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

// neededRuns returns the runs whose lists of offices may still be needed.
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

// needsBaseline reports whether a later run may look for offices that a row has created, for which it needs the list
// from before the row's first attempt. A row with an office is finished, unless it may have two.
func needsBaseline(r *office.Record) bool {
	return r.Outcome != office.Created && r.Outcome != office.Exists || r.SentAgain()
}

// writeCompacted writes a journal of these lines, each as its own batch.
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
		_, _ = out.Write(text) // Flush returns its error
		text = appendLine(text[:0], uint64(i+3), 1, 1, l.content(raw, &line))
	}
	_, _ = out.Write(text)
	return out.Flush()
}

// content returns the line as it was, or without its list of offices if that is dropped.
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
