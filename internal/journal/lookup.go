package journal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/segmentio/encoding/json"

	"officeimporter/internal/office"
)

var errNoLine = errors.New("a line that was on disk can't be read any more")

// Record returns the latest record of a row, or false if there is none.
func (j *Journal) Record(key office.Key) (office.Record, bool, error) {
	at, known := j.find(key.Hash())
	if !known {
		return office.Record{}, false, nil
	}
	r, err := j.readRecord(j.file, at)
	if err == nil && r.Key != key {
		err = fmt.Errorf("journal %s: the keys %q and %q have the same digest", j.path, r.Key, key)
	}
	return r, err == nil, err
}

func (j *Journal) find(key office.Hash) (location, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at, known := j.index.rows[key]
	return at, known
}

// Records returns the latest record of each row with one of the outcomes, or of all rows if none is given, in the
// order in which they were written. It doesn't see what is written meanwhile.
func (j *Journal) Records(with ...office.Outcome) iter.Seq2[office.Record, error] {
	return j.RecordsWhere(func(m office.RowInfo) bool { return len(with) == 0 || slices.Contains(with, m.Outcome) })
}

// RecordsWhere returns those of Records that are wanted. It doesn't read the others, so a million of them cost next
// to nothing. It calls wanted under the journal's lock, so wanted must not call the journal.
func (j *Journal) RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error] {
	return func(yield func(office.Record, error) bool) {
		for places := range inBlocks(j.locations(wanted)) {
			for _, r := range j.readBlocks(places) {
				if !yield(r.record, r.err) || r.err != nil {
					return
				}
			}
		}
	}
}

func (j *Journal) locations(wanted func(office.RowInfo) bool) []location {
	j.mu.Lock()
	defer j.mu.Unlock()
	var places []location
	for key, at := range j.index.rows {
		if wanted(office.RowInfo{Key: key, Outcome: at.outcome, Doubted: at.doubted}) {
			places = append(places, at)
		}
	}
	slices.SortFunc(places, func(a, b location) int { return cmp.Compare(a.offset, b.offset) })
	return places
}

// Owner returns the row that an office was created for or found to exist for, by the latest record of each row; the
// last such row if there are several. If the journal can't be read it returns false, and nothing can be written from
// then on.
func (j *Journal) Owner(officeID string) (office.Key, bool) {
	j.mu.Lock()
	key, owned := j.index.owners[office.HashOf(escape(officeID))]
	at := j.index.rows[key]
	j.mu.Unlock()
	if !owned || at.outcome != office.Created && at.outcome != office.Exists {
		return "", false
	}
	r, err := j.readRecord(j.file, at)
	if err != nil {
		j.fail(err)
	}
	return r.Key, err == nil && r.OfficeID == officeID
}

// fail makes an error permanent, because nothing may be sent on the basis of a journal that can't be read.
func (j *Journal) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = fmt.Errorf("%w: %w", ErrJournal, err)
	}
}

// History returns everything that was recorded about a row, oldest first, or nothing if it is not known. From before
// the journal was Compacted it has only the row's last record. It reads the whole file.
func (j *Journal) History(key office.Key) ([]office.Record, error) {
	var records []office.Record
	if j.file == nil {
		return nil, nil
	}
	want := key.Hash()
	r := &replay{path: j.path}
	err := r.run(j.file, func(l *line, _ location) error {
		if !l.isRecord() || l.key != want {
			return nil
		}
		record, err := l.record()
		if err == nil && record.Key == key {
			records = append(records, record)
		}
		return err
	})
	return records, err
}

func (j *Journal) readRecord(from io.ReaderAt, at location) (office.Record, error) {
	l, err := j.readLine(from, at)
	if err != nil {
		return office.Record{}, err
	}
	return l.record()
}

// readLine reads one line again, and checks that it is still the one that was written.
func (j *Journal) readLine(from io.ReaderAt, at location) (line, error) {
	_, l, err := j.readRaw(from, at)
	return l, err
}

// readRaw is readLine that also returns the line as it is in the file.
func (j *Journal) readRaw(from io.ReaderAt, at location) (raw []byte, l line, err error) {
	raw = make([]byte, at.size)
	if _, err := from.ReadAt(raw, at.offset); err != nil {
		return nil, line{}, fmt.Errorf("journal %s: %w: %w", j.path, errNoLine, err)
	}
	l, ok := parseLine(raw)
	if !ok {
		return nil, line{}, fmt.Errorf("journal %s: %w", j.path, errNoLine)
	}
	return raw, l, nil
}

func (l *line) record() (r office.Record, err error) {
	err = json.Unmarshal(l.json, &r)
	return r, err
}

var doubted = []byte(`"doubted":true`)

// doubted returns a record's Doubted without decoding the record. In JSON a quote within a string has a backslash
// before it, so nothing else looks like this.
func (l *line) doubted() bool { return bytes.Contains(l.json, doubted) }
