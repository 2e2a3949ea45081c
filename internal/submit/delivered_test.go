package submit

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// delayingProxy is a proxy that delivers a POST only long after the client has given up on it, the
// worst that a network can do. It returns the proxy's address.
func delayingProxy(t *testing.T, server string, delay time.Duration) string {
	t.Helper()
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	through := httputil.NewSingleHostReverseProxy(target)
	var held sync.WaitGroup
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			through.ServeHTTP(w, r)
			return
		}
		late := r.Clone(context.Background())
		data, _ := io.ReadAll(r.Body)
		late.Body = io.NopCloser(bytes.NewReader(data))
		held.Go(func() {
			time.Sleep(delay)
			through.ServeHTTP(httptest.NewRecorder(), late)
		})
		<-r.Context().Done() // the client has given up
	}))
	t.Cleanup(func() { proxy.Close(); held.Wait() })
	return proxy.URL
}

// A POST is delivered after its time-out, but within the settle window: the office is found in the
// list and not created again.
func TestDeliveredAfterTheTimeout(t *testing.T) {
	server := simulator.New(simulator.Config{})
	if err := server.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	w := &world{t: t, server: server, journal: newMemoryJournal(), options: Options{Workers: 8, Timeout: 300 * time.Millisecond, Settle: 1500 * time.Millisecond}}
	u, _ := url.Parse(delayingProxy(t, server.URL(), time.Second))
	limiter := limit.New(1200, time.Minute)
	client := api.New(api.Options{Server: u, Key: api.NewSecret("key"), Timeout: w.options.Timeout}, limiter)
	defer client.Close()
	f := rowsOf(t, 3)
	w.options.Since = time.Now()
	s, err := New(client, limiter, w.journal, f, w.options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(t.Context(), f.requests()); err != nil {
		t.Fatal(err)
	}
	w.wantOnce(f)
}
