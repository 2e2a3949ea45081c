package api

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"officeimporter/internal/submit/limit"
)

// Tests of net/http's own retries. They fail if a setting of newTransport or Client.request is
// lost. Real connections, no fake time.

// rawServer answers each request with serve, which is told how many requests this connection and
// all connections have carried.
type rawServer struct {
	listener net.Listener
	requests atomic.Int64
	serve    func(conn net.Conn, r *bufio.Reader, onThis, inAll int)
}

func newRawServer(t *testing.T, serve func(conn net.Conn, r *bufio.Reader, onThis, inAll int)) *rawServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &rawServer{listener: listener, serve: serve}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { s.handle(conn) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); conns.Wait() })
	return s
}

func (s *rawServer) handle(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	for n := 1; ; n++ {
		rq, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, rq.Body)
		s.serve(conn, r, n, int(s.requests.Add(1)))
		if n > 1 {
			return
		}
	}
}

const okAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"office\":{\"id\":\"17\"}}"

func reset(conn net.Conn) {
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

func testClient(t *testing.T, address string, timeout time.Duration) *Client {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	// A limit that this test never reaches.
	c := New(Options{Server: u, Key: NewSecret("key"), Timeout: timeout}, limit.New(1_000_000, time.Minute))
	t.Cleanup(c.Close)
	return c
}

func create(t *testing.T, c *Client) Answer {
	t.Helper()
	a, err := c.Create(t.Context(), []byte(`{"name":"Harbor"}`), func() error { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The server resets or closes a reused connection after reading the whole request. net/http would
// send a request again that can be rewound or has an Idempotency-Key.
func TestReusedConnectionDiesAfterTheRequest(t *testing.T) {
	for name, die := range map[string]func(net.Conn){"reset": reset, "closed": func(c net.Conn) { _ = c.Close() }} {
		t.Run(name, func(t *testing.T) {
			s := newRawServer(t, func(conn net.Conn, _ *bufio.Reader, onThis, inAll int) {
				if onThis == 1 {
					_, _ = io.WriteString(conn, okAnswer)
					return
				}
				die(conn)
			})
			c := testClient(t, "http://"+s.listener.Addr().String(), 5*time.Second)
			if a := create(t, c); a.Verdict != Accepted || a.Office.ID != "17" {
				t.Fatalf("first call: %+v", a)
			}
			if a := create(t, c); a.Verdict != Ambiguous {
				t.Errorf("second call: %+v, want ambiguous", a)
			}
			if n := s.requests.Load(); n != 2 {
				t.Errorf("the server got %d requests for 2 calls", n)
			}
		})
	}
}

// Sending a list twice does no harm, but the second call would bypass the limiter.
func TestListIsNotSentTwice(t *testing.T) {
	s := newRawServer(t, func(conn net.Conn, _ *bufio.Reader, onThis, _ int) {
		if onThis == 1 {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"items\":[]}")
			return
		}
		reset(conn)
	})
	c := testClient(t, "http://"+s.listener.Addr().String(), 5*time.Second)
	if _, err := c.List(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.List(t.Context()); err == nil {
		t.Error("a list on a dead connection worked")
	}
	if n := s.requests.Load(); n != 2 {
		t.Errorf("the server got %d requests for 2 lists", n)
	}
}

// Redirects are not followed: a 307 would repeat the POST elsewhere.
func TestRedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var calls atomic.Int64
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			http.Redirect(w, r, "/elsewhere", status)
		}))
		a := create(t, testClient(t, s.URL, 5*time.Second))
		s.Close()
		if a.Verdict != Redirected || calls.Load() != 1 {
			t.Errorf("%d: verdict %v after %d calls", status, a.Verdict, calls.Load())
		}
	}
}

// The client uses HTTP/1.1 even if the server offers HTTP/2, which has a loop that sends requests
// again.
func TestStaysOnHTTP1(t *testing.T) {
	protocol := make(chan string, 1)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocol <- r.Proto + " " + r.Header.Get("Idempotency-Key") + r.Header.Get("X-Idempotency-Key")
		_, _ = io.WriteString(w, `{"office":{"id":17}}`)
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	u, _ := url.Parse(s.URL)
	c := New(Options{Server: u, Timeout: 5 * time.Second, TLS: &tls.Config{RootCAs: roots}}, limit.New(1_000_000, time.Minute))
	defer c.Close()
	if a := create(t, c); a.Verdict != Accepted || a.Office.ID != "17" {
		t.Fatalf("%+v", a)
	}
	if got := <-protocol; got != "HTTP/1.1 " {
		t.Errorf("spoke %q, want HTTP/1.1 without an idempotency key", got)
	}
}

// Through a proxy net/http does the TLS: there too, no HTTP/2.
func TestTransportOffersHTTP1Alone(t *testing.T) {
	p := newTransport(nil, nil).Protocols
	if p == nil || p.HTTP2() || p.UnencryptedHTTP2() || !p.HTTP1() {
		t.Errorf("the transport offers %v, want HTTP/1 alone", p)
	}
}

// A request that was never written is recognized as such; one that may have been written isn't.
func TestNeverWritten(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "http://" + closed.Addr().String()
	_ = closed.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	unknownCA := httptest.NewTLSServer(http.NotFoundHandler())
	defer unknownCA.Close()
	hangs := newRawServer(t, func(conn net.Conn, _ *bufio.Reader, _, _ int) { time.Sleep(300 * time.Millisecond) })
	for _, test := range []struct {
		name, url string
		want      Verdict
	}{
		{"refused connection", refused, NotSent},
		{"no such host", "http://no-such-host.invalid", NotSent},
		{"TLS to a plain server", strings.Replace(plain.URL, "http:", "https:", 1), NotSent},
		{"unknown certificate authority", unknownCA.URL, NotSent},
		{"no answer in time", "http://" + hangs.listener.Addr().String(), Ambiguous},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := create(t, testClient(t, test.url, 150*time.Millisecond))
			if a.Verdict != test.want || a.Words == "" {
				t.Errorf("verdict %v (%s), want %v", a.Verdict, a.Words, test.want)
			}
		})
	}
}

// The server closed a reused connection before anything was written.
func TestStaleConnection(t *testing.T) {
	gone := make(chan struct{})
	s := newRawServer(t, func(conn net.Conn, _ *bufio.Reader, onThis, inAll int) {
		_, _ = io.WriteString(conn, okAnswer)
		if inAll == 1 {
			_ = conn.Close()
			close(gone)
		}
	})
	c := testClient(t, "http://"+s.listener.Addr().String(), 5*time.Second)
	create(t, c)
	<-gone
	// Whether the transport has noticed by now or not, either nothing was written, or it went over
	// a new connection. Never twice.
	a := create(t, c)
	if a.Verdict != Accepted && a.Verdict != NotSent && a.Verdict != Ambiguous {
		t.Errorf("%+v", a)
	}
	if n := s.requests.Load(); a.Verdict == NotSent && n != 1 || a.Verdict == Accepted && n != 2 {
		t.Errorf("verdict %v, and the server got %d requests", a.Verdict, n)
	}
}

// SetLinger(0): what the kernel has not sent when we close is dropped.
func TestUnsentIsDropped(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	conn, err := dialTCP(t.Context(), "tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	_ = conn.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
	written, err := conn.Write(make([]byte, 64<<20)) // more than the buffers take
	if err == nil {
		t.Fatalf("%d bytes fit into the buffers", written)
	}
	_ = conn.Close()
	got, err := io.Copy(io.Discard, server)
	if err == nil || errors.Is(err, io.EOF) {
		t.Errorf("the connection ended in order after %d of %d bytes, want a reset", got, written)
	}
}
