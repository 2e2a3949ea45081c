package delimited

import (
	"bytes"
	"errors"
	"io"
)

// maxRecord is how many bytes a record may have. Without a limit, a quote that is never closed would fill the memory;
// a longer record is a problem of its row.
const maxRecord = 1 << 20

// window holds the unread part of a text, as much of it as anyone has asked for. Reading can go back to any byte that
// wasn't skipped, which lets it recover from a quote that is never closed. Offsets count from the first unread byte.
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

// failed is the error of reading, unless it is the end of the text.
func (w *window) failed() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}

// more reads on. It returns false if there is nothing more.
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

// skipBOM skips the byte order mark; some programs write two.
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

// line finds the line that starts at off: where its text ends and where the next line starts. LF, CRLF and a lone CR
// end a line. fits is false if the line is longer than a record may be.
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

// afterLineEnd takes CR and LF together as one line end.
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

func (w *window) skipLine() {
	for {
		_, next, fits := w.line(0)
		w.skip(next)
		if fits {
			return
		}
	}
}

// indexLineEnd searches piece by piece: if lines end with CR alone, looking for an LF would scan the whole buffer for
// each line.
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
