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
	idleTimeout      = 15 * time.Second // below that of usual load balancers, so that they don't close first
	maxHeaderBytes   = 64 << 10
)

// newTransport is an http.RoundTripper that never sends a POST twice by
// itself. net/http would: after REFUSED_STREAM or GOAWAY over HTTP/2, after a
// 307 or 308, and on a reused connection whenever the request can be rewound
// or carries an Idempotency-Key header. So: HTTP/1.1 alone; see also
// Client.post, which leaves GetBody nil. dial is for tests, nil for the network.
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
		TLSClientConfig:        tlsConfig, // through a proxy DialTLSContext is not asked
		TLSHandshakeTimeout:    handshakeTimeout,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    64,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // so that bounds on answers hold as they are read
	}
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialTCP dials, and makes the kernel drop what is unsent when the connection
// is closed: without that it delivers a POST after we have given it up, even
// after the process has ended.
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

// countedConn counts the bytes written above TLS. That, and no hook of
// net/http, tells whether anything of a request has left: WroteHeaders fires
// when the headers are in a buffer.
type countedConn struct {
	net.Conn
	written atomic.Int64
	held    atomic.Pointer[func() error] // of the request under way: an error means that it must not be written
}

func (c *countedConn) Write(b []byte) (int, error) {
	if held := c.held.Load(); held != nil {
		if err := (*held)(); err != nil {
			return 0, err // nothing of this write; with a small request, nothing of it at all
		}
	}
	// Before the write: a write that fails may have sent something.
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

// flight watches one request: has anything of it been written?
type flight struct {
	held    func() error // whether it may still be written; nil: it may
	conn    *countedConn
	already int64 // bytes that the connection had carried before
	blind   bool  // a connection that doesn't count, through a proxy
}

// watch returns a context under which the request must be made.
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

// neverWritten is sure: no connection was had, or it has carried nothing since.
func (f *flight) neverWritten() bool {
	if f.blind {
		return false
	}
	return f.conn == nil || f.conn.written.Load() == f.already
}
