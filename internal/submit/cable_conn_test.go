package submit

import (
	"errors"
	"net"
	"time"
)

// cableConn is one connection through the cable: the client's end and the server's.
type cableConn struct {
	cable *cable
	ends  [2]*net.TCPConn
}

// pump forwards what one side sends, until either side or the cable ends it.
func (s *cableConn) pump(w way) {
	from, to := s.ends[w], s.ends[1-w]
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		n, broken, tr := s.cable.admit(s, w, buffer[:n])
		tr.hold(n)
		if n > 0 {
			_, _ = to.Write(buffer[:n]) // the other pump notices that it is gone
		}
		if broken {
			s.end(tr.how)
		}
		if err != nil {
			s.hangUp(w, err)
			return
		}
	}
}

// hold delays n bytes as long as they are under way.
func (tr breakPlan) hold(n int) {
	wait := tr.latency
	if tr.rate > 0 {
		wait += time.Duration(n) * time.Second / time.Duration(tr.rate)
	}
	if n > 0 && wait > 0 {
		time.Sleep(wait)
	}
}

// hangUp passes on how one side has ended the connection.
func (s *cableConn) hangUp(w way, err error) {
	if errors.Is(err, net.ErrClosed) {
		return
	}
	_ = s.ends[1-w].CloseWrite()
	if w == up {
		s.end(closes) // nobody is there to answer to
	}
}

func (s *cableConn) end(how breakage) {
	switch how {
	case fallsSilent:
		return // what comes is still counted, then dropped
	case halfOpen:
		_ = s.ends[down].Close()
		return
	case closesLate:
		time.Sleep(late)
	case resets:
		_, _ = s.ends[up].SetLinger(0), s.ends[down].SetLinger(0)
	}
	_, _ = s.ends[up].Close(), s.ends[down].Close()
}
