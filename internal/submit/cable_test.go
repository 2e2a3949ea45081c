package submit

import (
	"net"
	"sync"
	"testing"
	"time"
)

// cable is a TCP proxy between a client and a server that breaks on command.
type cable struct {
	listener net.Listener
	server   string

	mu       sync.Mutex
	conns    map[*cableConn]bool
	armed    *breakPlan // nil: nothing breaks
	broken   *cableConn // the connection that breaks: the first one to send anything to the server since arm
	done     bool       // it is broken
	carried  [2]int     // bytes that came in on it, by direction
	answered []byte     // what it carried to the client
}

// breakPlan is how a cable breaks.
type breakPlan struct {
	up, down int // how many bytes get through; it breaks at the next one
	how      breakage
	latency  time.Duration // of each piece, both ways
	rate     int           // bytes a second, both ways; 0: no limit
}

// everything is more bytes than any call has, so that nothing breaks.
const everything = 1 << 20

// breakage is what the two sides see when the cable breaks.
type breakage int

const (
	closes      breakage = iota // both connections are closed normally
	closesLate                  // the same, after a delay
	resets                      // both are reset
	fallsSilent                 // nothing gets through any more, but both stay open
	halfOpen                    // only the server's side is closed
)

// late is how long a slow close takes.
const late = 100 * time.Millisecond

// way is the direction of bytes.
type way int

const (
	up way = iota // from the client to the server
	down
)

func newCable(t testing.TB, server string) *cable {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{listener: listener, server: server, conns: map[*cableConn]bool{}}
	var work sync.WaitGroup
	work.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			work.Go(func() { c.connect(conn) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); c.breakAll(resets); work.Wait() })
	return c
}

func (c *cable) address() string { return c.listener.Addr().String() }

// arm makes the next connection that sends anything break. Bytes are counted from here.
func (c *cable) arm(tr breakPlan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed, c.broken, c.done, c.carried, c.answered = &tr, nil, false, [2]int{}, nil
}

// sent returns how many bytes the client has sent since the cable was armed.
func (c *cable) sent() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.carried[up]
}

// answer returns what got through to the client since the cable was armed.
func (c *cable) answer() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answered
}

// breakAll breaks every connection now.
func (c *cable) breakAll(how breakage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.conns {
		s.end(how)
	}
}

func (c *cable) connect(client net.Conn) {
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		_ = client.Close()
		return
	}
	s := &cableConn{cable: c, ends: [2]*net.TCPConn{client.(*net.TCPConn), server.(*net.TCPConn)}}
	c.mu.Lock()
	c.conns[s] = true
	c.mu.Unlock()
	var pumps sync.WaitGroup
	pumps.Go(func() { s.pump(up) })
	pumps.Go(func() { s.pump(down) })
	pumps.Wait()
	s.end(closes)
	c.mu.Lock()
	delete(c.conns, s)
	c.mu.Unlock()
}

// admit decides how many bytes of a piece get through, and how the connection breaks.
func (c *cable) admit(s *cableConn, w way, piece []byte) (n int, broken bool, tr breakPlan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n = len(piece)
	if c.armed == nil {
		return n, false, breakPlan{}
	}
	if c.broken == nil && w == up && n > 0 {
		c.broken = s
	}
	if c.broken != s {
		return n, false, *c.armed
	}
	left := [2]int{c.armed.up, c.armed.down}[w] - c.carried[w]
	c.carried[w] += n
	switch {
	case c.done:
		n = 0
	case n > left:
		n, broken, c.done = left, true, true
	}
	if w == down {
		c.answered = append(c.answered, piece[:n]...)
	}
	return n, broken, *c.armed
}
