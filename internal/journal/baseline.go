package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// baselineLine is the JSON of a run's first line.
type baselineLine struct {
	Run     int      `json:"run"`
	Primary string   `json:"primary,omitempty"`
	IDs     []string `json:"ids"`
}

// Baseline starts run 1, 2, ... It takes the ids of all offices listed before anything is sent, and the primary
// office's id ("" if the list names none). The line is on disk when Baseline returns nil. It returns a *MismatchError
// if an earlier run saw another primary office.
func (j *Journal) Baseline(primary string, ids []string) (run int, err error) {
	j.runMu.Lock() // a run's number is the position of its line among those of all runs
	defer j.runMu.Unlock()
	run, before := j.nextRun()
	if before != "" && primary != "" && before != primary {
		return 0, &MismatchError{Path: j.path, What: "primary office", Have: before, Want: primary, Input: j.header.Input}
	}
	text, err := json.Marshal(baselineLine{Run: run, Primary: primary, IDs: ids})
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrJournal, err)
	}
	if len(text) > maxLine {
		return 0, fmt.Errorf("%w: a list of %d offices is too long", ErrJournal, len(ids))
	}
	if err := j.append(content(baseline, "", "", primary, text)); err != nil {
		return 0, err
	}
	return run, nil
}

func (j *Journal) nextRun() (run int, primary string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.index.baselines) + 1, j.index.primary
}

// Runs returns how many runs have started.
func (j *Journal) Runs() int {
	run, _ := j.nextRun()
	return run - 1
}

// InBaseline reports whether an office was listed before a run; false if there was no such run. If the journal can't
// be read it returns false, and nothing can be written from then on.
func (j *Journal) InBaseline(run int, id string) bool {
	j.mu.Lock()
	ids, known := j.runs[run]
	started := run >= 1 && run <= len(j.index.baselines)
	j.mu.Unlock()
	if !known && started {
		ids = j.loadBaseline(run)
	}
	return ids[id]
}

// loadBaseline reads a run's list when it is first asked for. If a file is imported every night, most lists never
// are.
func (j *Journal) loadBaseline(run int) map[string]bool {
	j.mu.Lock()
	at := j.index.baselines[run-1]
	j.mu.Unlock()
	ids, err := j.readBaseline(at)
	if err != nil {
		j.fail(err)
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.runs == nil {
		j.runs = map[int]map[string]bool{}
	}
	j.runs[run] = ids
	return ids
}

func (j *Journal) readBaseline(at location) (map[string]bool, error) {
	l, err := j.readLine(j.file, at)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(l.json, droppedList) {
		return nil, fmt.Errorf("journal %s: %w", j.path, errDropped)
	}
	var b baselineLine
	if err := json.Unmarshal(l.json, &b); err != nil {
		return nil, fmt.Errorf("journal %s: the list before run %d: %w", j.path, b.Run, err)
	}
	ids := make(map[string]bool, len(b.IDs))
	for _, id := range b.IDs {
		ids[id] = true
	}
	return ids, nil
}
