package simulator

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// sight is what a client sees of a call, in a word.
type sight string

const (
	good      sight = "office"
	apiFault  sight = "error in the API's shape"
	eof       sight = "connection closed"
	rst       sight = "connection reset"
	silence   sight = "no answer"
	cutShort  sight = "answer cut short"
	noJSON    sight = "not JSON"
	page200   sight = "HTML"
	elseWhere sight = "redirect"
)

// saw classifies an answer as a careful client would.
func saw(a answer) sight {
	switch {
	case a.status > 0 && errors.Is(a.err, io.ErrUnexpectedEOF):
		return cutShort
	case errors.Is(a.err, syscall.ECONNRESET):
		return rst
	case errors.Is(a.err, context.DeadlineExceeded):
		return silence
	case errors.Is(a.err, io.EOF):
		return eof
	case a.header.Get("Location") != "":
		return elseWhere
	case strings.HasPrefix(a.header.Get("Content-Type"), "text/html"):
		return page200
	case !json.Valid([]byte(a.body)):
		return noJSON
	case a.status == 200:
		return good
	}
	return apiFault
}

// expected says for each fault what the client sees, with which status, and how many offices the POST creates.
var expected = map[Fault]struct {
	sight   sight
	status  int
	created int
}{
	None: {good, 200, 1}, AnswerLost: {eof, 0, 1}, ResetBefore: {rst, 0, 0}, ResetAfter: {rst, 0, 1},
	HangBefore: {silence, 0, 0}, HangAfter: {silence, 0, 1},
	Status500Before: {apiFault, 500, 0}, Status500After: {apiFault, 500, 1}, Status502Before: {apiFault, 502, 0}, Status502After: {apiFault, 502, 1},
	Status503Before: {apiFault, 503, 0}, Status503After: {apiFault, 503, 1}, Status504Before: {apiFault, 504, 0}, Status504After: {apiFault, 504, 1},
	Status408Before: {apiFault, 408, 0}, Status408After: {apiFault, 408, 1}, Status409Before: {apiFault, 409, 0}, Status409After: {apiFault, 409, 1},
	Status425Before: {apiFault, 425, 0}, Status425After: {apiFault, 425, 1},
	TruncatedBody: {cutShort, 200, 1}, GarbageBody: {noJSON, 200, 1}, HTMLPage: {page200, 200, 0}, HTMLError: {page200, 503, 0},
	TooManySeconds: {apiFault, 429, 0}, TooManyDate: {apiFault, 429, 0}, TooManyUnsaid: {apiFault, 429, 0},
	Limited400After: {apiFault, 400, 1}, Limited500After: {apiFault, 500, 1}, Limited502After: {apiFault, 502, 1}, Limited503After: {apiFault, 503, 1},
	Redirect302: {elseWhere, 302, 0}, Redirect307: {elseWhere, 307, 0}, LateListing: {good, 200, 1},
}

// withFault gives the calls of one method a fault.
func withFault(method string, f Fault) Config {
	return Config{Decide: func(c Call) Fault {
		if c.Method == method {
			return f
		}
		return None
	}, Faults: Faults{Late: Late{By: time.Hour}}}
}

// patience limits the wait for an answer that the test knows won't come.
func patience(t *testing.T, f Fault) context.Context {
	if f != HangBefore && f != HangAfter {
		return t.Context()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func TestEachFaultOfAPost(t *testing.T) {
	for _, f := range append(AllFaults(), None) {
		t.Run(f.String(), func(t *testing.T) {
			t.Parallel()
			want := expected[f]
			s, c := listen(t, withFault("POST", f))
			c.get("/api/v2/company") // so that the POST reuses a connection
			a := c.do(patience(t, f), "POST", "/api/v2/offices", minimal("Bonn", "DE").json())
			if saw(a) != want.sight || a.status != want.status {
				t.Errorf("saw %s, status %d (%v), want %s, status %d", saw(a), a.status, a.err, want.sight, want.status)
			}
			truth := s.Truth()
			if n := truth.Times("Bonn", "DE"); n != want.created || f.Creates() != (n == 1) {
				t.Errorf("created %d times, want %d", n, want.created)
			}
			if truth.Calls[Answer{"POST", want.status}] != 1 || f != None && truth.Faults[f] != 1 {
				t.Errorf("calls %v, faults %v", truth.Calls, truth.Faults)
			}
			if want.created == 1 && truth.Created[0].Fault != f {
				t.Errorf("created with fault %v", truth.Created[0].Fault)
			}
			if listed := slices.Contains(c.names(""), "Bonn"); listed != (want.created == 1 && f != LateListing) {
				t.Errorf("list has it: %t", listed)
			}
		})
	}
}

func TestEachFaultOfAList(t *testing.T) {
	for _, f := range AllFaults() {
		t.Run(f.String(), func(t *testing.T) {
			t.Parallel()
			want := expected[f]
			s, c := listen(t, withFault("GET", f))
			c.post(minimal("Bonn", "DE").json())
			a := c.do(patience(t, f), "GET", "/api/v2/offices", "")
			if saw(a) != want.sight || a.status != want.status {
				t.Errorf("saw %s, status %d (%v), want %s, status %d", saw(a), a.status, a.err, want.sight, want.status)
			}
			if truth := s.Truth(); len(truth.Created) != 1 || truth.Faults[f] == 0 {
				t.Errorf("created %d, faults %v", len(truth.Created), truth.Faults)
			}
		})
	}
}

func TestFaultsOverTLS(t *testing.T) {
	certified := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
	defer certified.Close()
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	for _, f := range []Fault{None, AnswerLost, ResetAfter, TruncatedBody, HangAfter} {
		t.Run(f.String(), func(t *testing.T) {
			s := New(withFault("POST", f))
			tcp, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			go s.Serve(tls.NewListener(tcp, &tls.Config{Certificates: certified.TLS.Certificates}))
			t.Cleanup(func() { _ = s.Close() })
			c := newCaller(t, "https://"+tcp.Addr().String(), &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}})
			a := c.do(patience(t, f), "POST", "/api/v2/offices", minimal("Bonn", "DE").json())
			if saw(a) != expected[f].sight || s.Truth().Times("Bonn", "DE") != 1 {
				t.Errorf("saw %s (%v), created %d times", saw(a), a.err, s.Truth().Times("Bonn", "DE"))
			}
		})
	}
}

func TestRetryAfterOfFaults(t *testing.T) {
	for f, known := range map[Fault]func(string) bool{
		TooManySeconds: func(h string) bool { return h == "1" },
		TooManyDate:    func(h string) bool { at, err := http.ParseTime(h); return err == nil && time.Until(at) > 0 },
		TooManyUnsaid:  func(h string) bool { return h == "" },
	} {
		_, c := listen(t, withFault("POST", f))
		if a := c.post(minimal("Bonn", "DE").json()); a.status != 429 || !known(a.header.Get("Retry-After")) {
			t.Errorf("%v: status %d, Retry-After %q", f, a.status, a.header.Get("Retry-After"))
		}
	}
}

func TestFollowedRedirectIsNoticed(t *testing.T) {
	s, c := listen(t, Config{Decide: func(c Call) Fault {
		if c.Number == 1 && c.Path == offices {
			return Redirect307
		}
		return None
	}})
	c.http.CheckRedirect = nil
	r, err := http.NewRequestWithContext(t.Context(), "POST", c.url+offices, strings.NewReader(minimal("Bonn", "DE").json()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer secret")
	w, err := c.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Body.Close()
	if truth := s.Truth(); truth.Redirected != 1 || len(truth.Created) != 0 || truth.Answered(307) != 1 || truth.Answered(404) != 1 {
		t.Errorf("truth: %+v", truth)
	}
}

func TestLateListing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, Config{Faults: Faults{Late: Late{Share: 1, By: 3 * time.Second}}})
		defer s.Close()
		c.post(minimal("Bonn", "DE").json())
		time.Sleep(3*time.Second - 1)
		if slices.Contains(c.names(""), "Bonn") {
			t.Error("listed too soon")
		}
		time.Sleep(time.Nanosecond)
		if !slices.Contains(c.names(""), "Bonn") {
			t.Error("not listed when it was due")
		}
	})
}

// A call that hangs lasts longer than all time-outs of the server.
func TestHangLastsAsLongAsTheClientWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, withFault("POST", HangAfter))
		defer s.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		begin := time.Now()
		if a := c.do(ctx, "POST", offices, minimal("Bonn", "DE").json()); saw(a) != silence || time.Since(begin) != time.Hour {
			t.Errorf("saw %s after %v (%v)", saw(a), time.Since(begin), a.err)
		}
	})
}

func TestCloseEndsHangingCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, withFault("POST", HangAfter))
		got := make(chan answer)
		go func() { got <- c.post(minimal("Bonn", "DE").json()) }()
		synctest.Wait()
		_ = s.Close()
		if a := <-got; a.err == nil || s.Truth().Times("Bonn", "DE") != 1 {
			t.Errorf("status %d, truth %+v", a.status, s.Truth())
		}
	})
}

// A time-out of the client doesn't stop a call that is on its way.
func TestCallArrivesThoughTheClientIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, Config{Latency: Latency{Before: 10 * time.Second}})
		defer s.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if a := c.do(ctx, "POST", offices, minimal("Bonn", "DE").json()); saw(a) != silence {
			t.Errorf("saw %s", saw(a))
		}
		if n := s.Truth().Times("Bonn", "DE"); n != 0 {
			t.Errorf("created %d times before it arrived", n)
		}
		time.Sleep(10 * time.Second)
		if n := s.Truth().Times("Bonn", "DE"); n != 1 {
			t.Errorf("created %d times", n)
		}
	})
}

// handle calls a server through another HTTP server, on a connection that can't be taken over. It returns the value
// that the handler panicked with.
func handle(s *Server, w http.ResponseWriter, method, path, body string) (panicked any) {
	defer func() { panicked = recover() }()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer x")
	r.Header.Set("Content-Type", "application/json")
	s.ServeHTTP(w, r)
	return nil
}

func TestHandlerForOthers(t *testing.T) {
	for _, f := range []Fault{AnswerLost, ResetAfter, TruncatedBody} {
		s := New(withFault("POST", f))
		w := httptest.NewRecorder()
		if panicked := handle(s, w, "GET", "/api/v2/company", ""); panicked != nil || w.Code != 200 || s.URL() != "" {
			t.Errorf("panic %v, status %d, URL %q", panicked, w.Code, s.URL())
		}
		if panicked := handle(s, httptest.NewRecorder(), "POST", offices, minimal("Bonn", "DE").json()); panicked != http.ErrAbortHandler {
			t.Errorf("%v: panic %v, want the one that aborts a connection", f, panicked)
		}
		if err := s.Close(); err != nil || s.Truth().Times("Bonn", "DE") != 1 {
			t.Errorf("%v: %v, created %d times", f, err, s.Truth().Times("Bonn", "DE"))
		}
		if panicked := handle(s, httptest.NewRecorder(), "POST", offices, "{}"); panicked != http.ErrAbortHandler || len(s.Truth().Arrivals) != 2 {
			t.Errorf("after Close: panic %v, %d calls", panicked, len(s.Truth().Arrivals))
		}
	}
}

// Here Close has no connections to close, and the client doesn't give up.
func TestCloseEndsHangingCallsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(withFault("POST", HangAfter))
		ended := make(chan any, 1)
		go func() { ended <- handle(s, httptest.NewRecorder(), "POST", offices, minimal("Bonn", "DE").json()) }()
		synctest.Wait()
		_ = s.Close()
		if panicked := <-ended; panicked != http.ErrAbortHandler {
			t.Errorf("panic %v", panicked)
		}
	})
}

func TestFaultTexts(t *testing.T) {
	for _, f := range append(AllFaults(), None) {
		if got, err := ParseFault(f.String()); got != f || err != nil || f.String() == "" {
			t.Errorf("ParseFault(%q) is %v, %v", f, got, err)
		}
	}
	want := `"slow" is not a fault; faults are none, answer-lost, `
	if _, err := ParseFault("slow"); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("ParseFault: %v", err)
	}
	if got := Fault(99).String(); got != "Fault(99)" {
		t.Errorf("String of no fault is %q", got)
	}
}
