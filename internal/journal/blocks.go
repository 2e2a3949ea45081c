package journal

import (
	"io"
	"runtime"
	"slices"
	"sync"

	"officeimporter/internal/office"
)

const (
	blockRecords = 256     // records that are read together
	blockBytes   = 1 << 20 // bytes in a block; records that are further apart are read one by one
)

// readResult is what was read at a location.
type readResult struct {
	record office.Record
	err    error
}

// inBlocks splits locations into parts that all processors can read together.
func inBlocks(places []location) func(func([]location) bool) {
	return slices.Chunk(places, blockRecords*runtime.GOMAXPROCS(0))
}

// readBlocks reads records, whose locations are in order, on all processors, since decoding them is what takes time.
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

// block is a part of a file, read ahead at once.
type block struct {
	file   io.ReaderAt
	offset int64
	text   []byte // empty: the part is too long, or can't be read as a whole
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

// ReadAt reads from the block, or from the file if the block doesn't have the bytes.
func (b *block) ReadAt(p []byte, offset int64) (int, error) {
	from := offset - b.offset
	if from < 0 || from+int64(len(p)) > int64(len(b.text)) {
		return b.file.ReadAt(p, offset)
	}
	return copy(p, b.text[from:]), nil
}
