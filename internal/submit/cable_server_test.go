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

// far is a stand-in on a TCP address, in the clear or over TLS, where it offers
// HTTP/2 as well.
type far struct {
	t     *testing.T
	books *simulator.Server
	web   *httptest.Server
	roots *tls.Config // nil: in the clear

	mu    sync.Mutex
	spoke map[string]int // calls by protocol
}

// overBoth runs a test in the clear and over TLS.
func overBoth(t *testing.T, test func(t *testing.T, f *far)) {
	for name, secure := range map[string]bool{"clear": false, "TLS": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFar(t, secure)
			test(t, f)
			if calls := len(f.books.Truth().Arrivals); f.spoken("HTTP/1.1") < calls || calls == 0 {
				t.Errorf("of %d calls that arrived %d were in HTTP/1.1", calls, f.spoken("HTTP/1.1"))
			}
		})
	}
}

func newFar(t *testing.T, secure bool) *far {
	t.Helper()
	f := &far{t: t, books: simulator.New(simulator.Config{PageSize: 10_000}), spoke: map[string]int{}}
	f.web = httptest.NewUnstartedServer(f)
	f.web.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of each cut
	if secure {
		f.web.EnableHTTP2 = true
		f.web.StartTLS()
		roots := x509.NewCertPool()
		roots.AddCert(f.web.Certificate())
		f.roots = &tls.Config{RootCAs: roots}
	} else {
		f.web.Start()
	}
	t.Cleanup(func() { f.web.CloseClientConnections(); f.web.Close(); _ = f.books.Close() })
	return f
}

// ServeHTTP lets the stand-in answer.
func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.spoke[r.Proto]++
	f.mu.Unlock()
	f.books.ServeHTTP(w, r)
}

// spoken is how many calls came in a protocol.
func (f *far) spoken(protocol string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.spoke[protocol]
}

func (f *far) address() string { return f.web.Listener.Addr().String() }

// client reaches the server at an address, such as a cable's.
func (f *far) client(address string, l *limit.Limiter, timeout time.Duration) *api.Client {
	u := &url.URL{Scheme: "http", Host: address}
	if f.roots != nil {
		u.Scheme = "https"
	}
	c := api.New(api.Options{Server: u, Key: api.NewSecret("key"), Timeout: timeout, TLS: f.roots}, l)
	f.t.Cleanup(c.Close)
	return c
}

// haveIdle makes a list of one page, and waits until its connection is there
// for the next call: else that might go over another one.
func haveIdle(t *testing.T, c *api.Client) {
	t.Helper()
	idle := make(chan error, 1)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{PutIdleConn: func(err error) { idle <- err }})
	if _, err := c.List(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-idle; err != nil {
		t.Fatal(err)
	}
}

// times is how many offices of a name there are.
func (f *far) times(name string) int { return f.books.Truth().Times(name, "US") }
