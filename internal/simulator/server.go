// Package simulator simulates Dialpad's offices API and judges an importer independently. It knows what really
// happened, so it can say whether an office was created once, twice or never, whatever the importer believes.
//
// It has the part of the API that is about offices:
//
//	POST /api/v2/offices        create a secondary office
//	GET  /api/v2/offices        list offices, a page at a time
//	GET  /api/v2/offices/{id}   one office
//	GET  /api/v2/company        the company, with office_count
//
// Its validation is written separately from the importer's, from the same published document, so that a misreading in
// one of them is noticed. For the same reason the package imports nothing from this module.
//
// It can fail the way networks, proxies and servers do; see [Fault]. It uses only package time for the clock, so it
// also works in a testing/synctest bubble, over connections of net.Pipe.
package simulator

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is the simulator. It is an http.Handler and can also serve by itself. Safe for concurrent use.
type Server struct {
	config Config
	start  time.Time
	http   *http.Server
	done   chan struct{} // closed by Close

	mu        sync.Mutex // guards the fields below
	closed    bool
	handlers  sync.WaitGroup // counts up only while not closed
	url       string
	companies *companies
	sent      int // number of calls, including those on their way
	truth     Truth
	numbers   map[string]int            // accepted calls by method
	attempts  map[[sha256.Size]byte]int // accepted calls by method, URL, company and body
	shift     bool                      // the next follow-up page of the list begins one office late
}

// New returns a server. Until Serve or Listen is called, it is only a handler.
func New(config Config) *Server {
	if config.PageSize <= 0 {
		config.PageSize = 100
	}
	s := &Server{
		config:    config,
		start:     time.Now(),
		done:      make(chan struct{}),
		companies: newCompanies(config),
		truth:     Truth{Calls: map[Answer]int{}, Faults: map[Fault]int{}},
		numbers:   map[string]int{},
		attempts:  map[[sha256.Size]byte]int{},
	}
	s.http = newHTTPServer(s)
	return s
}

// newHTTPServer speaks only HTTP/1.1, because a fault can take over its connections, and limits how much and how
// slowly a client may send.
func newHTTPServer(h http.Handler) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler:           h,
		Protocols:         protocols,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute, // until the body is read; a call may hang for longer
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

// Listen serves on a TCP address such as "127.0.0.1:0" in the background until Close. When it returns, URL is set and
// the server accepts calls.
func (s *Server) Listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	s.setURL(listener)
	go func() { _ = s.Serve(listener) }() // returns when Close is called
	return nil
}

// Serve answers the connections of a listener, which may be from crypto/tls, and closes it at the end. It returns nil
// after Close.
func (s *Server) Serve(listener net.Listener) error {
	s.setURL(listener)
	if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("simulator on %s: %w", listener.Addr(), err)
	}
	return nil
}

func (s *Server) setURL(listener net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.url = "http://" + listener.Addr().String()
}

// URL returns the server's address, such as "http://127.0.0.1:8080", or "" before Serve and Listen. It is always
// http, even with TLS.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.url
}

// Close closes all connections, including hanging ones, and waits for calls in progress, so that Truth doesn't change
// any more. A call that hasn't arrived yet never will. Close may be called more than once.
func (s *Server) Close() error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.done)
	}
	s.mu.Unlock()
	err := s.http.Close()
	s.handlers.Wait()
	return err
}

// enter counts a handler that Close waits for. It returns false if the server is closed.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.handlers.Add(1)
	}
	return !s.closed
}

// sleep waits for d. It returns false if the server is closed.
func (s *Server) sleep(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.done:
		return false
	}
}
