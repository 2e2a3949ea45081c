package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// fields is a body that tests change and send.
type fields map[string]any

func minimal(name, country string) fields {
	f := fields{
		"name": name, "country": country, "currency": "EUR", "plan_period": "monthly",
		"unified_billing": true, "invoiced": false, "annual_commit_monthly_billing": false,
		"billing_address": fields{"address_line_1": "Hauptstr. 1", "city": "Köln", "region": "NW", "postal_code": "50667", "country": country},
	}
	if country == "US" {
		f["e911_address"] = fields{"address": "1205 1/2 W Nevada St", "city": "Urbana", "state": "IL", "zip": "61801", "country": "US"}
	}
	return f
}

func (f fields) json() string {
	b, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (f fields) with(name string, value any) fields {
	c := maps.Clone(f)
	c[name] = value
	return c
}

// caller is a client that sends each call once.
type caller struct {
	t    *testing.T
	url  string
	http *http.Client
}

// listen starts a server on the loopback interface and returns a client for it.
func listen(t *testing.T, config Config) (*Server, caller) {
	t.Helper()
	s := New(config)
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, newCaller(t, s.URL(), &http.Transport{})
}

func newCaller(t *testing.T, url string, transport *http.Transport) caller {
	t.Cleanup(transport.CloseIdleConnections)
	noRedirect := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return caller{t, url, &http.Client{Transport: transport, CheckRedirect: noRedirect}}
}

type answer struct {
	status int
	header http.Header
	body   string
	err    error // of the call, or of reading its answer
}

func (c caller) do(ctx context.Context, method, path, body string, header ...string) answer {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, io.NopCloser(strings.NewReader(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	r.ContentLength = int64(len(body))
	if body == "" {
		r.Body = nil
	}
	r.Header.Set("Authorization", "Bearer secret")
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w, err := c.http.Do(r)
	if err != nil {
		return answer{err: err}
	}
	defer func() { _ = w.Body.Close() }()
	b, err := io.ReadAll(w.Body)
	return answer{w.StatusCode, w.Header, string(b), err}
}

func (c caller) post(body string) answer {
	c.t.Helper()
	return c.do(c.t.Context(), "POST", "/api/v2/offices", body)
}

func (c caller) get(path string) answer {
	c.t.Helper()
	return c.do(c.t.Context(), "GET", path, "")
}

// names returns the whole list.
func (c caller) names(query string) []string {
	c.t.Helper()
	var names []string
	for cursor := ""; ; {
		page := decodePage(c.t, c.get("/api/v2/offices?"+query+"&cursor="+cursor))
		for _, o := range page.Items {
			names = append(names, o.Name)
		}
		if cursor = page.Cursor; cursor == "" {
			return names
		}
	}
}

type page struct {
	Items []struct {
		ID       string `json:"id"`
		OfficeID string `json:"office_id"`
		Name     string `json:"name"`
	} `json:"items"`
	Cursor string `json:"cursor"`
}

func decodePage(t *testing.T, a answer) page {
	t.Helper()
	var p page
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.status != 200 {
		t.Fatalf("list: status %d, %v: %s", a.status, err, a.body)
	}
	return p
}

// pipes is a listener with in-memory connections, for fake time.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-p.done:
		return nil, errors.New("listener is closed")
	}
}

// inPipes is listen for a bubble with fake time. The caller closes the server.
func inPipes(t *testing.T, config Config) (*Server, caller) {
	s, p := New(config), newPipes()
	go func() {
		if err := s.Serve(p); err != nil {
			t.Error(err)
		}
	}()
	return s, newCaller(t, "http://127.0.0.1", &http.Transport{DialContext: p.dial, IdleConnTimeout: time.Second})
}
