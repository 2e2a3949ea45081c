package journal

import (
	"fmt"
	"math"
)

// batch is a group of lines that are written and synced together.
type batch struct {
	contents [][]byte
	before   <-chan struct{} // closed once the previous batch has ended; nil: there was none
	done     chan struct{}   // closed once err is set
	err      error           // nil: all of it is on disk
}

// append returns once a line is on disk. The first line of a batch writes the batch. Lines that come while the disk
// is busy with the previous batch join in, so that many workers share one sync.
func (j *Journal) append(content []byte) error {
	j.mu.Lock()
	b := j.filling
	first := b == nil
	if first {
		b = &batch{before: j.last, done: make(chan struct{})}
		j.filling, j.last = b, b.done
	}
	b.contents = append(b.contents, content)
	j.mu.Unlock()
	if first {
		j.commit(b)
	}
	<-b.done
	return b.err
}

// commit writes a batch once the previous one has ended, and ends it.
func (j *Journal) commit(b *batch) {
	if b.before != nil {
		<-b.before
	}
	j.mu.Lock()
	j.filling, b.err = nil, j.err
	j.mu.Unlock()
	if j.file == nil {
		b.err = fmt.Errorf("%w: %w", ErrJournal, errReadOnly)
	}
	if b.err == nil {
		b.err = j.write(b.contents)
	}
	close(b.done)
}

// write puts a batch on disk and into the index. After an error nothing more is written: nobody knows what of the
// batch is on disk, and a second sync that works would prove nothing about the first.
func (j *Journal) write(contents [][]byte) error {
	text, ends := j.lines(contents)
	_, err := j.file.WriteAt(text, j.end)
	if err == nil {
		err = j.file.Sync()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err != nil {
		j.err = fmt.Errorf("%w: %w", ErrJournal, err) // err names the file
		return j.err
	}
	start := 0
	for _, end := range ends {
		l, _ := parseLine(text[start : end-1])
		j.index.add(&l, location{offset: j.end + int64(start), size: uint32(end - 1 - start)})
		start = end
	}
	j.batch, j.end = j.batch+1, j.end+int64(len(text))
	return nil
}

// lines returns a batch as it is in the file, and where each line ends.
func (j *Journal) lines(contents [][]byte) (text []byte, ends []int) {
	for i, content := range contents {
		text = appendLine(text, j.batch+1, i+1, len(contents), content)
		ends = append(ends, len(text))
	}
	return text, ends
}

// maxLine is the longest content that a location can describe.
const maxLine = math.MaxUint32 - 100
