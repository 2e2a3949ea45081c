package journal

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"officeimporter/internal/office"
)

// memoryFile is a file in memory; a test decides what fails.
type memoryFile struct {
	mu       sync.Mutex
	data     []byte
	syncs    int
	writes   int
	writeErr error // what the next writes fail with
	short    int   // bytes that a failing write leaves behind
	syncErr  error
	readErr  error
	onSync   func() // called without the lock
}

func (m *memoryFile) ReadAt(p []byte, offset int64) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.readErr != nil {
		return 0, m.readErr
	}
	return bytes.NewReader(m.data).ReadAt(p, offset)
}

func (m *memoryFile) WriteAt(p []byte, offset int64) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writes++
	if int(offset) > len(m.data) {
		return 0, io.ErrShortWrite
	}
	n := len(p)
	if m.writeErr != nil {
		n = min(n, m.short)
	}
	m.data = append(m.data[:offset:offset], p[:n]...)
	return n, m.writeErr
}

func (m *memoryFile) Truncate(size int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = m.data[:size:size]
	return nil
}

func (m *memoryFile) Sync() error {
	if m.onSync != nil {
		m.onSync()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.syncs++
	return m.syncErr
}

func (m *memoryFile) Close() error { return nil }

func (m *memoryFile) copy() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.data)
}

var testHeader = Header{Server: "sandbox", Company: "77", Input: "offices.xlsx", InputSHA256: "00ff"}

func openMemory(t testing.TB, data []byte) (*Journal, *memoryFile) {
	t.Helper()
	m := &memoryFile{data: data}
	j, err := openOn(m, "test.journal", testHeader)
	if err != nil {
		t.Fatal(err)
	}
	return j, m
}

func unknown(key string) office.Record {
	return office.Record{Key: office.Key(key), Row: 2, Name: key, Country: "US", Outcome: office.Unknown, Attempts: 1}
}

func created(key, id string) office.Record {
	r := unknown(key)
	r.Outcome, r.OfficeID, r.HTTPStatus = office.Created, id, 200
	return r
}

func mustBegin(t testing.TB, j *Journal, r office.Record) {
	t.Helper()
	if err := j.Begin(r); err != nil {
		t.Fatal(err)
	}
}

func mustFinish(t testing.TB, j *Journal, r office.Record) {
	t.Helper()
	if err := j.Finish(r); err != nil {
		t.Fatal(err)
	}
}

func wantOutcome(t testing.TB, j *Journal, key string, want office.Outcome) {
	t.Helper()
	r, ok, err := j.Record(office.Key(key))
	if err != nil || !ok || r.Outcome != want {
		t.Errorf("record of %q is %v (known: %v, error: %v), want %v", key, r.Outcome, ok, err, want)
	}
}
