package submit

import (
	"net"
	"sync"
	"testing"
	"time"
)

// cable is a TCP proxy between a client and a server that breaks as it is told.
type cable struct {
	listener net.Listener
	server   string

	mu      sync.Mutex
	strands map[*strand]bool
	armed   *trouble // nil: nothing breaks
	struck  *strand  // the one that breaks: the first that carried anything up since then
	over    bool     // it has
	carried [2]int   // bytes that came in on it, by way
	heard   []byte   // what it carried down
}

// trouble is how a cable breaks.
type trouble struct {
	up, down int // bytes that get through: it breaks at the next one; more than there are: it doesn't
	how      breakage
	latency  time.Duration // of each piece, both ways
	rate     int           // bytes a second, both ways; 0: no limit
}

// whole is more bytes than any call has.
const whole = 1 << 20

// breakage is what the two sides see of a break.
type breakage int

const (
	closes      breakage = iota // both connections are closed in order
	closesLate                  // the same, after a time
	resets                      // both are reset
	fallsSilent                 // nothing gets through any more, and nobody is told
	halfOpen                    // the server's side is closed, and the client isn't told
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
	c := &cable{listener: listener, server: server, strands: map[*strand]bool{}}
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

// arm lets the next strand that carries anything up break, counted from here.
func (c *cable) arm(tr trouble) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed, c.struck, c.over, c.carried, c.heard = &tr, nil, false, [2]int{}, nil
}

// sent is how many bytes the client has sent since the cable was armed.
func (c *cable) sent() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.carried[up]
}

// answer is what got through to the client since the cable was armed.
func (c *cable) answer() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard
}

// breakAll breaks every strand that there is, now.
func (c *cable) breakAll(how breakage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.strands {
		s.end(how)
	}
}

func (c *cable) connect(client net.Conn) {
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		_ = client.Close()
		return
	}
	s := &strand{cable: c, ends: [2]*net.TCPConn{client.(*net.TCPConn), server.(*net.TCPConn)}}
	c.mu.Lock()
	c.strands[s] = true
	c.mu.Unlock()
	var pumps sync.WaitGroup
	pumps.Go(func() { s.pump(up) })
	pumps.Go(func() { s.pump(down) })
	pumps.Wait()
	s.end(closes)
	c.mu.Lock()
	delete(c.strands, s)
	c.mu.Unlock()
}

// admit says how many of n bytes get through, and which trouble they meet.
func (c *cable) admit(s *strand, w way, piece []byte) (n int, broken bool, tr trouble) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n = len(piece)
	if c.armed == nil {
		return n, false, trouble{}
	}
	if c.struck == nil && w == up && n > 0 {
		c.struck = s
	}
	if c.struck != s {
		return n, false, *c.armed
	}
	left := [2]int{c.armed.up, c.armed.down}[w] - c.carried[w]
	c.carried[w] += n
	switch {
	case c.over:
		n = 0
	case n > left:
		n, broken, c.over = left, true, true
	}
	if w == down {
		c.heard = append(c.heard, piece[:n]...)
	}
	return n, broken, *c.armed
}
