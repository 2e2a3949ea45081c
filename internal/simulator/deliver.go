package simulator

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// deliver sends an answer, or the part of it that its fault leaves.
func (s *Server) deliver(w http.ResponseWriter, r *http.Request, a reply) {
	switch a.by {
	case lost:
		cut(w, false)
	case reset:
		cut(w, true)
	case hung:
		s.hang(r)
		cut(w, false)
	case truncated:
		write(w, a, len(a.body)/2)
		cut(w, false)
	default:
		write(w, a, len(a.body))
	}
}

// write sends the first n bytes of an answer's body, with the full Content-Length. If the client is gone, the answer
// is just lost, as it would be in reality.
func write(w http.ResponseWriter, a reply, n int) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body[:n])
	_ = http.NewResponseController(w).Flush()
}

// hang waits until the client goes away or the server is closed.
func (s *Server) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.done:
	}
}

// cut closes the connection without an answer, with a TCP reset if asked for and if the connection is TCP.
func cut(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // HTTP/2: net/http ends the stream
		panic(http.ErrAbortHandler)
	}
	if reset {
		conn = resetOnClose(conn)
	}
	_ = conn.Close()
}

// resetOnClose makes a connection reset when it is closed. It returns the connection below TLS, which would otherwise
// say goodbye first.
func resetOnClose(conn net.Conn) net.Conn {
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	return conn
}

// elsewhere is where redirects point. No client should follow them.
const elsewhere = "/elsewhere"

// The functions below spoil an answer, which is empty if the server hasn't done what the call asked for.

func unspoiled(r reply) reply { return r }

func sentBy(by delivery) func(reply) reply {
	return func(r reply) reply { r.by = by; return r }
}

func failedWith(status int) func(reply) reply {
	return func(reply) reply { return refusal(status) }
}

func limitedWith(status int) func(reply) reply {
	return func(reply) reply { return refusalSaying(status, "rate_limit_exceeded", "rateLimitExceeded") }
}

func garbled(r reply) reply {
	r.body = []byte(`{"office": {"id": \x00\x1b`)
	return r
}

func pageWith(status int) func(reply) reply {
	page := fmt.Sprintf("<!DOCTYPE html>\n<html><head><title>%[1]d</title></head><body><h1>%[1]d</h1></body></html>\n", status)
	return func(reply) reply {
		return reply{status: status, header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, body: []byte(page)}
	}
}

func heldUp(how RetryAfter) func(reply) reply {
	return func(reply) reply { return tooMany(time.Second, how) }
}

func sentAway(status int) func(reply) reply {
	return func(reply) reply {
		return reply{status: status, header: http.Header{"Location": {elsewhere}}}
	}
}
