// Package apitest has what the tests of the client and of the Submitter need.
package apitest

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Pipes is a listener whose connections are net.Pipes, for fake time.
type Pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func NewPipes() *Pipes { return &Pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

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

func (p *Pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *Pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *Pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }
