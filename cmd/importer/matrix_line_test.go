package main

import (
	"bytes"
	"context"
	"net"
	"sync"
	"syscall"
)

// line is an in-memory network between a client and a simulator, as synctest needs.
// One call fails on it: the first that creates a certain office, at the moment that
// set says.
type line struct {
	target []byte            // part of the body of the call that fails
	leaves func(call []byte) // called with each POST before any of it is passed on
	begun  func() bool       // whether the call that fails is about to be dialled

	accepts chan net.Conn
	closed  chan struct{}
	close   sync.Once

	mu     sync.Mutex
	moment moment
	strike func() // what happens at killed and diskFails; nil once it has
	spent  bool   // the failure has happened
	down   bool   // nothing is passed on from now on
	wires  []*wire
}

func newLine(target string) *line {
	return &line{target: []byte(target), accepts: make(chan net.Conn), closed: make(chan struct{})}
}

// set sets when the call of the next run fails.
func (l *line) set(m moment, strike func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.moment, l.strike, l.spent, l.down, l.wires = m, strike, false, false, nil
}

// Accept implements net.Listener.
func (l *line) Accept() (net.Conn, error) {
	select {
	case conn := <-l.accepts:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *line) Close() error { l.close.Do(func() { close(l.closed) }); return nil }

// Addr implements net.Listener.
func (l *line) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// Dial connects a client to the listener.
func (l *line) Dial(context.Context, string, string) (net.Conn, error) {
	if l.refuses() {
		return nil, syscall.ECONNREFUSED
	}
	ours, theirs := net.Pipe()
	w := &wire{Conn: ours, line: l}
	l.mu.Lock()
	l.wires = append(l.wires, w)
	l.mu.Unlock()
	select {
	case l.accepts <- theirs:
		return w, nil
	case <-l.closed:
		return nil, syscall.ECONNREFUSED
	}
}

func (l *line) refuses() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.moment == refused && !l.spent && l.begun() {
		l.spent = true
		return true
	}
	return l.down
}

// meets reports whether a call is the one that fails, and how it fails.
func (l *line) meets(call []byte) (m moment, ours bool) {
	if !bytes.HasPrefix(call, []byte("POST ")) {
		return atServer, false
	}
	l.leaves(call)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.spent || !bytes.Contains(call, l.target) {
		return atServer, false
	}
	l.spent = l.moment != refused
	return l.moment, true
}

// struck calls strike at the end of the call that fails. It returns true if nothing
// of the answer gets through.
func (l *line) struck() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.strike != nil {
		l.strike()
		l.strike = nil
		l.down = l.moment == killed || l.moment == killedAtWriting
	}
	if l.down {
		for _, w := range l.wires {
			_ = w.Conn.Close()
		}
	}
	return l.down
}
