package api

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	dialTimeout      = 10 * time.Second
	handshakeTimeout = 10 * time.Second
	idleTimeout      = 15 * time.Second // shorter than usual load balancers have, so that they don't close first
	maxHeaderBytes   = 64 << 10
)

// newTransport returns an http.Transport that never sends a POST twice by itself. net/http would: after
// REFUSED_STREAM or GOAWAY over HTTP/2, after a 307 or 308, and on a reused connection if the request can be rewound
// or has an Idempotency-Key header. So it allows HTTP/1.1 only; see also Client.request, which leaves GetBody nil. A
// nil dial means the network; tests give another one.
func newTransport(dial dialFunc, tlsConfig *tls.Config) *http.Transport {
	if dial == nil {
		dial = dialTCP
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              protocols,
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            counted(dial),
		DialTLSContext:         counted(overTLS(dial, tlsConfig)),
		TLSClientConfig:        tlsConfig, // net/http doesn't use DialTLSContext through a proxy
		TLSHandshakeTimeout:    handshakeTimeout,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    64,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // so that limits on answers count the bytes that we read
	}
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialTCP dials, and makes the kernel drop unsent bytes when the connection is closed. Otherwise it delivers a POST
// after we have given up on it, even after the process has ended.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: dialTimeout, KeepAlive: idleTimeout}
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		err = tcp.SetLinger(0)
	}
	return conn, err
}

func overTLS(dial dialFunc, config *tls.Config) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		secure := tls.Client(conn, forHost(config, address))
		ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
		defer cancel()
		if err := secure.HandshakeContext(ctx); err != nil {
			_ = conn.Close()
			return nil, err
		}
		return secure, nil
	}
}

func forHost(config *tls.Config, address string) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if config != nil {
		c = config.Clone()
	}
	c.NextProtos = []string{"http/1.1"}
	if host, _, err := net.SplitHostPort(address); err == nil && c.ServerName == "" {
		c.ServerName = host
	}
	return c
}

// countedConn counts the bytes written above TLS. Only that shows whether anything of a request has left; net/http's
// hooks don't, since WroteHeaders fires when the headers are in a buffer.
type countedConn struct {
	net.Conn
	written atomic.Int64
	held    atomic.Pointer[func() error] // asked before each write; an error means that nothing may be written
}

func (c *countedConn) Write(b []byte) (int, error) {
	if held := c.held.Load(); held != nil {
		if err := (*held)(); err != nil {
			return 0, err // nothing of this write, so nothing at all of a small request
		}
	}
	// Before the write, because a write that fails may have sent something.
	c.written.Add(int64(len(b)))
	return c.Conn.Write(b)
}

func counted(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &countedConn{Conn: conn}, nil
	}
}

// flight watches one request, to know whether anything of it was written.
type flight struct {
	held    func() error // an error means that it must not be written any more; nil: it may
	conn    *countedConn
	already int64 // bytes that the connection had written before
	blind   bool  // the connection doesn't count bytes, because of a proxy
}

// watch returns the context to make the request with.
func (f *flight) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: f.gotConn})
}

func (f *flight) gotConn(info httptrace.GotConnInfo) {
	conn, ok := info.Conn.(*countedConn)
	if !ok {
		f.blind = true
		return
	}
	f.conn, f.already = conn, conn.written.Load()
	conn.held.Store(nil)
	if f.held != nil {
		conn.held.Store(&f.held)
	}
}

// neverWritten reports whether the request surely wasn't written: it got no connection, or that has written nothing
// since.
func (f *flight) neverWritten() bool {
	if f.blind {
		return false
	}
	return f.conn == nil || f.conn.written.Load() == f.already
}
