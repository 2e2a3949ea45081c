package journal

import (
	"io"
	"runtime"
	"slices"
	"sync"

	"officeimporter/internal/office"
)

const (
	blockRecords = 256     // that are read together
	blockBytes   = 1 << 20 // of a block; records that lie further apart are read one by one
)

// found is what was read of a place.
type readResult struct {
	record office.Record
	err    error
}

// inBlocks are some places at a time, as many as all processors read together.
func inBlocks(places []location) func(func([]location) bool) {
	return slices.Chunk(places, blockRecords*runtime.GOMAXPROCS(0))
}

// readBlocks reads records, whose places are in order, on all processors: what
// takes its time is to decode them.
func (j *Journal) readBlocks(places []location) []readResult {
	all := make([]readResult, len(places))
	var readers sync.WaitGroup
	for start := 0; start < len(places); start += blockRecords {
		end := min(start+blockRecords, len(places))
		readers.Go(func() { j.readBlock(places[start:end], all[start:end]) })
	}
	readers.Wait()
	return all
}

func (j *Journal) readBlock(places []location, into []readResult) {
	b := newBlock(j.file, places)
	for i, at := range places {
		into[i].record, into[i].err = j.readRecord(b, at)
	}
}

// block is a part of a file that was read at once, before the file.
type block struct {
	file   io.ReaderAt
	offset int64
	text   []byte // empty: too long, or not readable as a whole
}

func newBlock(f io.ReaderAt, places []location) *block {
	b := &block{file: f, offset: places[0].offset}
	last := places[len(places)-1]
	size := last.offset + int64(last.size) - b.offset
	if size > blockBytes {
		return b
	}
	b.text = make([]byte, size)
	if _, err := f.ReadAt(b.text, b.offset); err != nil {
		b.text = nil
	}
	return b
}

// ReadAt reads what is not in the block from the file.
func (b *block) ReadAt(p []byte, offset int64) (int, error) {
	from := offset - b.offset
	if from < 0 || from+int64(len(p)) > int64(len(b.text)) {
		return b.file.ReadAt(p, offset)
	}
	return copy(p, b.text[from:]), nil
}
