package submit

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// tcpServer is a simulator on a TCP address, with or without TLS. With TLS it also offers HTTP/2.
type tcpServer struct {
	t         *testing.T
	simulator *simulator.Server
	http      *httptest.Server
	roots     *tls.Config // nil: without TLS

	mu        sync.Mutex
	protocols map[string]int // number of calls by protocol
}

// overBoth runs a test without and with TLS.
func overBoth(t *testing.T, test func(t *testing.T, f *tcpServer)) {
	for name, secure := range map[string]bool{"clear": false, "TLS": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newTCPServer(t, secure)
			test(t, f)
			if calls := len(f.simulator.Truth().Arrivals); f.callsIn("HTTP/1.1") < calls || calls == 0 {
				t.Errorf("of %d calls that arrived %d were in HTTP/1.1", calls, f.callsIn("HTTP/1.1"))
			}
		})
	}
}

func newTCPServer(t *testing.T, secure bool) *tcpServer {
	t.Helper()
	f := &tcpServer{t: t, simulator: simulator.New(simulator.Config{PageSize: 10_000}), protocols: map[string]int{}}
	f.http = httptest.NewUnstartedServer(f)
	f.http.Config.ErrorLog = log.New(io.Discard, "", 0) // it would log each cut
	if secure {
		f.http.EnableHTTP2 = true
		f.http.StartTLS()
		roots := x509.NewCertPool()
		roots.AddCert(f.http.Certificate())
		f.roots = &tls.Config{RootCAs: roots}
	} else {
		f.http.Start()
	}
	t.Cleanup(func() { f.http.CloseClientConnections(); f.http.Close(); _ = f.simulator.Close() })
	return f
}

// ServeHTTP counts the call and lets the simulator answer.
func (f *tcpServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.protocols[r.Proto]++
	f.mu.Unlock()
	f.simulator.ServeHTTP(w, r)
}

// callsIn returns how many calls came in a protocol.
func (f *tcpServer) callsIn(protocol string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.protocols[protocol]
}

func (f *tcpServer) address() string { return f.http.Listener.Addr().String() }

// client returns a client for the server at an address, such as a cable's.
func (f *tcpServer) client(address string, l *limit.Limiter, timeout time.Duration) *api.Client {
	u := &url.URL{Scheme: "http", Host: address}
	if f.roots != nil {
		u.Scheme = "https"
	}
	c := api.New(api.Options{Server: u, Key: api.NewSecret("key"), Timeout: timeout, TLS: f.roots}, l)
	f.t.Cleanup(c.Close)
	return c
}

// haveIdle fetches a list of one page and waits until its connection is idle, so that the next call
// uses it.
func haveIdle(t *testing.T, c *api.Client) {
	t.Helper()
	idle := make(chan error, 100)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{PutIdleConn: func(err error) { idle <- err }})
	for range 100 { // on a busy machine a connection may be closed instead, without a word
		if _, err := c.List(ctx); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-idle:
			if err != nil {
				t.Fatal(err)
			}
			return
		case <-time.After(200 * time.Millisecond):
		}
	}
	t.Fatal("no connection stays idle")
}

// times returns how many offices have a name.
func (f *tcpServer) times(name string) int { return f.simulator.Truth().Times(name, "US") }
