package journal

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"time"

	"officeimporter/internal/office"
)

var errDisk = errors.New("the disk fails")

// syncOptions are what may become of a write when it is synced. A crash before a write leaves the
// same as one that loses it, and a crash after a sync the same as one that keeps it.
var syncOptions = []option{
	{what: "on disk"},
	{"fails, and is lost", oneFault},
	{"fails, and is there after all", oneFault},
	{"crash, and it is lost", oneCrash},
	{"crash, and its last line is cut", oneCrash},
	{"crash, and it is there", oneCrash},
}

// disk is the journal's file. A crash may lose what was written but not synced.
type disk struct {
	run *modelRun

	mu      sync.Mutex
	data    []byte // as the process sees it
	durable []byte // as it would be after a power cut
}

func (d *disk) ReadAt(p []byte, offset int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.NewReader(d.data).ReadAt(p, offset)
}

func (d *disk) WriteAt(p []byte, offset int64) (int, error) {
	if d.run.dead() {
		return 0, errCrashed
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if bytes.HasPrefix(d.data[min(int(offset), len(d.data)):], p) {
		return len(p), nil // writes again what is there already
	}
	if int(offset) != len(d.data) {
		return 0, io.ErrShortWrite // a journal only grows
	}
	d.data = append(d.data[:offset:offset], p...)
	return len(p), nil
}

func (d *disk) Truncate(size int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.data = d.data[:size:size]
	return nil
}

// Sync takes a moment, in which more lines can gather for the next batch.
func (d *disk) Sync() error {
	if !d.run.pause(syncTime) {
		return errCrashed
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	added := len(d.data) - len(d.durable)
	if added <= 0 {
		d.durable = d.data
		return nil
	}
	switch d.run.schedule.choose("write "+d.writing(), syncOptions) {
	case 1:
		d.data = d.durable
		return errDisk
	case 2:
		d.durable = d.data
		return errDisk
	case 3:
		d.run.crash()
		return errCrashed
	case 4:
		d.durable = d.data[:len(d.data)-min(added, 7)]
		d.run.crash()
		return errCrashed
	case 5:
		d.durable = d.data
		d.run.crash()
		return errCrashed
	}
	d.durable = d.data
	return nil
}

// writing names what is being synced: the kinds and outcomes of its lines.
func (d *disk) writing() string {
	var said []byte
	for raw := range bytes.Lines(d.data[len(d.durable):]) {
		if l, ok := parseLine(bytes.TrimSuffix(raw, []byte("\n"))); ok {
			said = append(said, byte(l.kind))
			said = append(said, l.outcome.String()...)
		}
	}
	return string(said)
}

func (d *disk) Close() error { return nil }

// records returns the latest record of each row as it would be after a power cut now, and the rows
// for which the server once claimed success without an id.
func (d *disk) records() (latest map[office.Key]office.Record, claimed map[office.Key]bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	latest, claimed = map[office.Key]office.Record{}, map[office.Key]bool{}
	for raw := range bytes.Lines(d.durable) {
		if l, ok := parseLine(bytes.TrimSuffix(raw, []byte("\n"))); ok && l.isRecord() {
			r, _ := l.record()
			latest[r.Key] = r
			claimed[r.Key] = claimed[r.Key] || r.Claimed
		}
	}
	return latest, claimed
}

const syncTime = 1007 * time.Microsecond
