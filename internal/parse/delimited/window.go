package delimited

import (
	"bytes"
	"errors"
	"io"
)

// maxRecord is how many bytes a record may have. A longer one is a problem of
// its row, so that a quote that is never closed can't fill the memory.
const maxRecord = 1 << 20

// window shows the unread part of a text, as much of it as is asked for. It
// can go back to any byte that it hasn't passed, which is how reading goes on
// after a quote that isn't closed. Offsets are from the first unread byte.
type window struct {
	src      io.Reader
	buf      []byte
	pos, end int   // buf[pos:end] is unread
	err      error // what ended the reading; io.EOF at the end of the text
}

func newWindow(src io.Reader) *window {
	return &window{src: src, buf: make([]byte, chunkSize)}
}

func (w *window) unread() []byte { return w.buf[w.pos:w.end] }

func (w *window) skip(n int) { w.pos += n }

// failed is what went wrong in reading, but for the end of the text.
func (w *window) failed() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}

// more reads on, and is false where there is nothing more.
func (w *window) more() bool {
	if w.pos > 0 {
		w.end = copy(w.buf, w.unread())
		w.pos = 0
	}
	if w.end == len(w.buf) {
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	for w.err == nil {
		var n int
		n, w.err = w.src.Read(w.buf[w.end:])
		if w.end += n; n > 0 {
			return true
		}
	}
	return false
}

// skipBOM passes the byte order mark; some programs write two.
func (w *window) skipBOM() {
	for {
		for len(w.unread()) < len("\ufeff") && w.more() {
		}
		if !bytes.HasPrefix(w.unread(), []byte("\ufeff")) {
			return
		}
		w.skip(len("\ufeff"))
	}
}

// line finds the line that starts at off: where its text ends, and where the
// next line starts. LF, CRLF and a lone CR end a line. It is false where the
// line goes on beyond what a record may have.
func (w *window) line(off int) (end, next int, fits bool) {
	for at := off; ; {
		if i := indexLineEnd(w.unread()[at:]); i >= 0 {
			end = at + i
			return end, w.afterLineEnd(end), true
		}
		at = len(w.unread())
		if at > maxRecord {
			return at, at, false
		}
		if !w.more() {
			return at, at, true
		}
	}
}

// afterLineEnd takes CR and LF together.
func (w *window) afterLineEnd(end int) int {
	if w.unread()[end] == '\n' {
		return end + 1
	}
	if end+1 == len(w.unread()) {
		w.more()
	}
	if u := w.unread(); end+1 < len(u) && u[end+1] == '\n' {
		return end + 2
	}
	return end + 1
}

// passLine passes a line of any length.
func (w *window) skipLine() {
	for {
		_, next, fits := w.line(0)
		w.skip(next)
		if fits {
			return
		}
	}
}

// indexLineEnd looks piece by piece: in a file whose lines end with CR alone,
// looking for an LF would go to the end of the buffer for each line.
func indexLineEnd(b []byte) int {
	const piece = 4096
	for base := 0; base < len(b); base += piece {
		part := b[base:min(base+piece, len(b))]
		lf := bytes.IndexByte(part, '\n')
		if lf >= 0 {
			part = part[:lf]
		}
		if cr := bytes.IndexByte(part, '\r'); cr >= 0 {
			return base + cr
		}
		if lf >= 0 {
			return base + lf
		}
	}
	return -1
}
