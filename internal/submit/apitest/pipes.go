// Package apitest helps to test package api and the Submitter.
package apitest

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Pipes is a net.Listener whose connections are net.Pipes, so that tests can run in fake time. It is safe for
// concurrent use.
type Pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

// NewPipes returns a listener that is open.
func NewPipes() *Pipes { return &Pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

// Dial connects to the listener, whatever the address. It fails once the listener is closed.
func (p *Pipes) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.done:
		return nil, errors.New("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept returns the server's end of the next connection.
func (p *Pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// Close lets no more connections in. It may be called twice.
func (p *Pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

// Addr returns a made-up address.
func (p *Pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }
