package journal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
)

// scanner reads the lines of a journal one after the other.
type scanner struct {
	in     *bufio.Reader
	long   []byte // a line that doesn't fit into the reader's buffer
	raw    []byte // the line, without its line feed; valid until the next
	whole  bool   // the line ends with a line feed
	number int    // of the line, counted from 1
	offset int64  // of the line
	next   int64  // of the line after it
}

func newScanner(f io.ReaderAt) *scanner {
	return &scanner{in: bufio.NewReaderSize(io.NewSectionReader(f, 0, math.MaxInt64), 1<<18)}
}

// scan goes to the next line. It returns false at the end of the file.
func (s *scanner) scan() (bool, error) {
	text, err := s.in.ReadSlice('\n')
	s.long = s.long[:0]
	for errors.Is(err, bufio.ErrBufferFull) {
		s.long = append(s.long, text...)
		text, err = s.in.ReadSlice('\n')
	}
	if len(s.long) > 0 {
		s.long = append(s.long, text...)
		text = s.long
	}
	if err != nil && err != io.EOF || len(text) == 0 {
		return false, ignoreEOF(err)
	}
	s.whole = text[len(text)-1] == '\n'
	s.offset, s.next, s.number = s.next, s.next+int64(len(text)), s.number+1
	s.raw = text
	if s.whole {
		s.raw = text[:len(text)-1]
	}
	return true, nil
}

func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

func (s *scanner) location() location { return location{offset: s.offset, size: uint32(len(s.raw))} }

// replay reads a journal from its beginning, and finds where it ends.
type replay struct {
	path     string
	batch    uint64 // batch of the last good line; 0: there is none
	position uint64 // position of that line in its batch
	lines    uint64 // number of lines in that batch
	torn     int    // number of the first bad line; 0: none
	start    int64  // offset of that batch
	end      int64  // end of the good lines
}

// run calls take for every good line. It returns an error if the journal is damaged anywhere except in its last
// batch.
func (r *replay) run(f io.ReaderAt, take func(*line, location) error) error {
	s := newScanner(f)
	var l line
	for {
		more, err := s.scan()
		if err != nil {
			return fmt.Errorf("journal %s: %w", r.path, err)
		}
		if !more {
			return nil
		}
		var ok bool
		l, ok = parseLine(s.raw)
		switch {
		case !ok || !s.whole:
			err = r.bad(s)
		case r.torn > 0:
			err = r.afterBad(&l)
		default:
			err = r.good(s, &l, take)
		}
		if err != nil {
			return err
		}
	}
}

// bad handles a bad line, which may belong to a torn batch.
func (r *replay) bad(s *scanner) error {
	if r.batch == 0 && !(tornHeader(s) && s.number == 1) {
		return &DamageError{Path: r.path, Line: 1, Why: "is not the first line of a journal"}
	}
	if r.torn == 0 {
		r.torn = s.number
	}
	if l, found := lineWithin(s.raw); found { // only the line feed between two lines is wrong
		return r.afterBad(&l)
	}
	return nil
}

// lineWithin finds a good line at the end of a bad one.
func lineWithin(raw []byte) (l line, found bool) {
	for at := 1; at+sumSize < len(raw) && !found; at++ {
		if raw[at+sumSize] == ' ' && allHex(raw[at:at+sumSize]) {
			l, found = parseLine(raw[at:])
		}
	}
	return l, found
}

func allHex(text []byte) bool {
	for _, c := range text {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return true
}

// afterBad judges a good line after a bad one. A later batch is written only once the batch before is on disk, so
// then the bad line was damaged afterwards. Lines of the same batch may come out of a crash in any order.
func (r *replay) afterBad(l *line) error {
	torn := r.batch
	if r.whole() {
		torn++
	}
	if l.batch != torn {
		return &DamageError{Path: r.path, Line: r.torn, Why: "is damaged (its checksum is wrong)"}
	}
	return nil
}

func (r *replay) good(s *scanner, l *line, take func(*line, location) error) error {
	if !r.follows(l) {
		return &DamageError{Path: r.path, Line: s.number, Why: "doesn't follow the line before it"}
	}
	if l.position == 1 {
		r.start = s.offset
	}
	r.batch, r.position, r.lines, r.end = l.batch, l.position, l.lines, s.next
	return take(l, s.location())
}

// follows reports whether a line may be here: no line was removed or added.
func (r *replay) follows(l *line) bool {
	switch {
	case r.batch == 0:
		return l.batch == 1 && l.position == 1 && l.lines == 1 && l.kind == header
	case l.kind == header:
		return false
	case l.batch == r.batch:
		return l.position == r.position+1 && l.lines == r.lines
	}
	return l.batch == r.batch+1 && l.position == 1 && (r.whole() || l.kind == cut)
}

// whole reports whether the last good line ends its batch.
func (r *replay) whole() bool { return r.position == r.lines }

// tornHeader reports whether the first line is the beginning of a header that never got to disk completely. Any other
// text may be a file of the user, named by mistake.
func tornHeader(s *scanner) bool {
	const batch = " 1.1/1 H "
	text := s.raw
	for len(text) > 0 && text[len(text)-1] == 0 {
		text = text[:len(text)-1] // what a power cut may leave behind
	}
	if !allHex(text[:min(len(text), sumSize)]) {
		return false
	}
	rest := string(text[min(len(text), sumSize):])
	return !s.whole && rest[:min(len(rest), len(batch))] == batch[:min(len(rest), len(batch))]
}
