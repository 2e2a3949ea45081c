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

// Server is the stand-in. It is an http.Handler, and it can serve by itself.
// All methods are safe for concurrent use.
type Server struct {
	config Config
	start  time.Time
	http   *http.Server
	done   chan struct{} // closed by Close

	mu        sync.Mutex // guards what follows
	closed    bool
	handlers  sync.WaitGroup // added to while not closed
	url       string
	companies *companies
	sent      int // calls, arrived or still on their way
	truth     Truth
	numbers   map[string]int            // calls let through, by method
	attempts  map[[sha256.Size]byte]int // calls let through, by method, URL, company and body
	shift     bool                      // the next follow-up page of the list begins one office late
}

// New makes a server. Without Serve or Listen it is a handler for others.
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

// newHTTPServer speaks HTTP/1.1 alone, whose connections a fault can take over,
// and is bounded in what a client may send and how slowly.
func newHTTPServer(h http.Handler) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler:           h,
		Protocols:         protocols,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute, // ends with the body: a call may hang for longer
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

// Listen serves on a TCP address such as "127.0.0.1:0" in the background, until
// Close. When it returns, URL is known and calls are taken.
func (s *Server) Listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	s.setURL(listener)
	go func() { _ = s.Serve(listener) }() // ends with Close; until then accepting is retried
	return nil
}

// Serve answers the connections of a listener, which may be one of crypto/tls,
// and closes it in the end. It returns nil after Close.
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

// URL is where it serves, such as "http://127.0.0.1:8080"; empty before Serve
// and Listen. It doesn't know of TLS.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.url
}

// Close ends all connections at once, hanging ones too, and waits for the calls
// under way: Truth doesn't change any more. A call that hasn't arrived by then
// never does. Close may be called again.
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

// enter counts a handler that Close has to wait for; false: it is too late.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.handlers.Add(1)
	}
	return !s.closed
}

// sleep lets time pass; false: the server is closed.
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
