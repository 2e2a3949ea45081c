package main

import (
	"bytes"
	"net"
	"sync/atomic"
	"syscall"
)

// wire is the client's end of a connection.
type wire struct {
	net.Conn
	line   *line
	moment atomic.Int64 // when the current call fails; atServer: it doesn't
	answer []byte       // to that call, so far; only Read uses it
}

// Write passes on what the client sends, or the part that gets through.
func (w *wire) Write(b []byte) (int, error) {
	m, ours := w.line.meets(b)
	if !ours {
		return w.Conn.Write(b)
	}
	w.moment.Store(int64(m))
	switch m {
	case deadAtWriting:
		return w.cut(b, 0)
	case firstByte:
		return w.cut(b, 1)
	case allButOne:
		return w.cut(b, len(b)-1)
	case killedAtWriting:
		w.line.struck()
	}
	return w.Conn.Write(b)
}

// cut passes on n bytes and closes the connection.
func (w *wire) cut(b []byte, n int) (int, error) {
	_, _ = w.Conn.Write(b[:n])
	_ = w.Conn.Close()
	return n, syscall.EPIPE
}

// Read passes on what the server answers, or the part that gets through.
func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	switch m := moment(w.moment.Load()); m {
	case killed, diskFails:
		if w.line.struck() {
			return 0, syscall.ECONNRESET
		}
	case noAnswer, inHead, inBody:
		w.answer = append(w.answer, b[:n]...)
		if over := len(w.answer) - m.through(w.answer); over >= 0 {
			_ = w.Conn.Close()
			n, err = max(0, n-over), syscall.ECONNRESET
		}
	}
	return n, err
}

// Close also ends a call that got no answer.
func (w *wire) Close() error {
	if m := moment(w.moment.Load()); m == killed || m == diskFails {
		w.line.struck()
	}
	return w.Conn.Close()
}

// through returns how many bytes of an answer get through. As long as the end of the
// headers is not there, that may be more than the answer has.
func (m moment) through(answer []byte) int {
	head := bytes.Index(answer, []byte("\r\n\r\n")) + 4
	switch {
	case m == noAnswer:
		return 0
	case m == inHead:
		return len("HTTP/1.1 200 OK\r\nCon")
	case head > 3:
		return head + 1
	}
	return len(answer) + 1
}
