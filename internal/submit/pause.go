package submit

import "time"

const (
	// firstPause is how long all wait after a 429 without Retry-After; it
	// doubles with each further pause, up to maxPause.
	firstPause = 2 * time.Second
	maxPause   = time.Minute
	// widen stretches the spacing with each pause, up to maxStretch; each
	// quiet minute takes a step back.
	widen      = 1.15
	maxStretch = 4
)

// Passed says that the server took the call: the streak of pauses is over.
func (s *Slot) Passed() {
	l := s.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.sent.After(l.pausing) {
		l.streak = 0
	}
}

// Throttled is what a 429 leads to: all calls pause for retryAfter, or where
// that is zero for a time that doubles with every pause. Answers to calls that
// had left before the pause began don't count again. It returns how long the
// pause is from now, and how many pauses there were since a call got through.
func (s *Slot) Throttled(retryAfter time.Duration) (pause time.Duration, streak int) {
	l := s.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if s.sent.After(l.pausing) {
		l.streak++
		l.stretch = min(maxStretch, l.stretch*widen)
		l.pausing, l.quiet = now, now
	}
	if retryAfter <= 0 {
		retryAfter = min(maxPause, firstPause<<min(l.streak-1, 10))
	}
	l.pauseUntil(now.Add(retryAfter))
	return l.paused.Sub(now), l.streak
}

// Pause lets nothing leave before the instant. A pause only ever grows.
func (l *Limiter) Pause(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pauseUntil(until)
}

func (l *Limiter) pauseUntil(until time.Time) {
	if until.After(l.paused) {
		l.paused = until
	}
}

// PausedUntil is when the pause under way ends; an instant of the past where
// there is none.
func (l *Limiter) PausedUntil() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused
}

// relax narrows the spacing again after each quiet minute.
func (l *Limiter) relax(now time.Time) {
	for l.stretch > 1 && now.Sub(l.quiet) >= time.Minute {
		l.stretch = max(1, l.stretch/widen)
		l.quiet = l.quiet.Add(time.Minute)
	}
}
