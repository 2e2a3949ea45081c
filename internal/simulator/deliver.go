package simulator

import (
	"net"
	"net/http"
	"strconv"
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
