package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"officeimporter/internal/submit/limit"
)

// A server that can't prove its identity gets no call, and so no key.
func TestBadTLS(t *testing.T) {
	const host = "example.com" // a name in httptest's certificate
	for _, test := range []struct {
		name   string
		host   string
		client func(*tls.Config) // changes the client's config, which trusts the server's certificate
		server func(*tls.Config)
		words  string // empty: the call arrives
	}{
		{"all is well", host, nil, nil, ""},
		{"self-signed", host, func(c *tls.Config) { c.RootCAs = x509.NewCertPool() }, nil, "unknown authority"},
		{"wrong name", "dialpad.example", nil, nil, "not dialpad.example"},
		{"expired", host, func(c *tls.Config) { c.Time = yearsOff(500) }, nil, "expired"},
		{"not valid yet", host, func(c *tls.Config) { c.Time = yearsOff(-500) }, nil, "not yet valid"},
		{"old protocol", host, nil, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, "protocol version"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var calls atomic.Int64
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				_, _ = io.WriteString(w, `{"office":{"id":"17"}}`)
			}))
			s.Config.ErrorLog = log.New(io.Discard, "", 0)
			s.TLS = &tls.Config{MinVersion: tls.VersionTLS10}
			apply(test.server, s.TLS)
			s.StartTLS()
			defer s.Close()
			trust := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
			trust.RootCAs.AddCert(s.Certificate())
			apply(test.client, trust)
			c := New(Options{Server: &url.URL{Scheme: "https", Host: test.host}, Key: NewSecret("key"), Timeout: 20 * time.Second, TLS: trust,
				Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
					return dialTCP(ctx, network, s.Listener.Addr().String())
				}}, limit.New(1_000_000, time.Minute))
			defer c.Close()
			a := create(t, c)
			if test.words == "" {
				if a.Verdict != Accepted || calls.Load() != 1 {
					t.Errorf("verdict %d (%s), %d calls", a.Verdict, a.Words, calls.Load())
				}
				return
			}
			if a.Verdict != NotSent || !strings.Contains(a.Words, test.words) || calls.Load() != 0 {
				t.Errorf("verdict %d (%s), %d calls; want none, and %q", a.Verdict, a.Words, calls.Load(), test.words)
			}
		})
	}
}

func apply(change func(*tls.Config), c *tls.Config) {
	if change != nil {
		change(c)
	}
}

// yearsOff returns a clock that is this many years off.
func yearsOff(years int) func() time.Time {
	return func() time.Time { return time.Now().AddDate(years, 0, 0) }
}
