package journal

import (
	"bytes"
	"syscall"
	"testing"

	"officeimporter/internal/office"
)

// cachedFile is a file behind a cache, as systems have it: what was written since the last sync is
// on disk only after the next. A failed sync forgets what it should have written, so that the next
// one succeeds and means nothing.
type cachedFile struct {
	memoryFile // the cache
	disk       []byte
	dirty      []bool // which bytes the next sync writes
}

func (f *cachedFile) WriteAt(p []byte, offset int64) (int, error) {
	for len(f.dirty) < int(offset)+len(p) {
		f.dirty = append(f.dirty, false)
	}
	for i := range p {
		f.dirty[int(offset)+i] = true
	}
	return f.memoryFile.WriteAt(p, offset)
}

func (f *cachedFile) Sync() error {
	err := f.memoryFile.Sync()
	cache := f.copy()
	for len(f.disk) < len(cache) {
		f.disk = append(f.disk, 0)
	}
	f.disk = f.disk[:len(cache)]
	for i, dirty := range f.dirty[:min(len(f.dirty), len(cache))] {
		if dirty && err == nil {
			f.disk[i] = cache[i]
		}
		f.dirty[i] = false
	}
	return err
}

// A batch whose sync failed is still in the cache, and the next run builds on it: it must be on
// disk before anything that follows it.
func TestWhatASyncLostIsWrittenAgain(t *testing.T) {
	f := &cachedFile{}
	j, err := openOn(f, "j", testHeader)
	if err != nil {
		t.Fatal(err)
	}
	mustFinish(t, j, created("a", "1"))
	f.syncErr = syscall.EIO
	if j.Begin(unknown("b")) == nil {
		t.Fatal("begun though the sync failed")
	}
	f.syncErr = nil
	next, err := openOn(f, "j", testHeader)
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, next, "b", office.Unknown)
	mustBegin(t, next, unknown("c"))
	afterPowerCut, _ := openMemory(t, bytes.Clone(f.disk))
	wantOutcome(t, afterPowerCut, "a", office.Created)
	wantOutcome(t, afterPowerCut, "b", office.Unknown)
	wantOutcome(t, afterPowerCut, "c", office.Unknown)
}
