package limit

import (
	"time"
)

const (
	// FirstPause is how long all calls wait after a 429 without Retry-After. It doubles with each further pause, up
	// to maxPause.
	FirstPause = 2 * time.Second
	maxPause   = time.Minute
)

// Passed says that the server accepted the call, so the streak of pauses is over.
func (s *Slot) Passed() {
	l := s.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.Sent.After(l.pausing) {
		l.streak = 0
	}
}

// Throttled handles a 429: all calls pause for retryAfter, or, if that is zero or wasn't long enough the last time,
// for a time that doubles with every pause. Then they go on more slowly (see pace). Answers to calls that left before
// the pause began don't count again. It returns how long the pause lasts from now, and how many pauses there were
// since a call got through.
func (s *Slot) Throttled(retryAfter time.Duration) (pause time.Duration, streak int) {
	l := s.limiter
	defer l.pauseOthers()
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.traffic.Throttled++
	if s.Sent.After(l.pausing) {
		l.pausing = now
		// Only the first: if no call gets through after a pause, the server turns all away, and that says nothing
		// about our speed.
		if l.streak++; l.streak == 1 {
			l.pace.slow(now, l.acceptedShare(now))
		}
		retryAfter = l.pauseFor(retryAfter)
	}
	l.pauseUntil(now.Add(retryAfter))
	return max(0, l.paused.Sub(now)), l.streak
}

// pauseFor believes the server on how long to wait, until that turns out too short.
func (l *Limiter) pauseFor(retryAfter time.Duration) time.Duration {
	if retryAfter > 0 && l.streak == 1 {
		return retryAfter
	}
	return max(retryAfter, min(maxPause, FirstPause<<min(l.streak-1, 10)))
}

// acceptedShare returns how many calls were answered in the last window, as a share of full speed. In the first
// minute of calls, the missing part of the window counts as if it had gone at the current speed.
func (l *Limiter) acceptedShare(now time.Time) float64 {
	if l.quota != nil { // we don't know what the others have sent
		return l.pace.share(now)
	}
	l.expire(now)
	seen := min(1, float64(now.Sub(l.began))/float64(l.window))
	return float64(len(l.release))/float64(l.limit) + (1-seen)*l.pace.share(now)
}

// Pause lets nothing leave before the instant. It can only lengthen a pause.
func (l *Limiter) Pause(until time.Time) {
	defer l.pauseOthers()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pauseUntil(until)
}

func (l *Limiter) pauseUntil(until time.Time) {
	if !until.After(l.paused) {
		return
	}
	if l.paused.Before(time.Now()) {
		l.traffic.Pauses++
	}
	l.paused = until
}

// Share returns how fast calls leave after a pause, as a share of full speed.
func (l *Limiter) Share() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pace.share(time.Now())
}

// PausedUntil returns when the current pause ends, or a time in the past if there is none.
func (l *Limiter) PausedUntil() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused
}

// Traffic is what a Limiter has counted since it was created.
type Traffic struct {
	Calls     int // calls that left: POSTs and pages of lists, each attempt
	Throttled int // answers that said "too many calls"
	Pauses    int // pauses of all calls together; one that is extended counts once
}

// Plus adds the traffic of two limiters.
func (t Traffic) Plus(u Traffic) Traffic {
	return Traffic{t.Calls + u.Calls, t.Throttled + u.Throttled, t.Pauses + u.Pauses}
}

// Traffic returns what the limiter has counted so far. It may be called at any time.
func (l *Limiter) Traffic() Traffic {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.traffic
}
