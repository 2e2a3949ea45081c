package simulator

import "time"

// A meter counts calls against one limit. Times are since the server's start and never go back.
type meter interface {
	wait(now time.Duration) time.Duration // how long until there is room; 0: now
	take(now time.Duration)               // counts a call; there must be room for it
}

// meters are all limits of a company.
type meters []meter

func newMeters(l Limits) meters {
	var all meters
	add := func(limit int, window time.Duration) {
		if limit > 0 {
			all = append(all, newMeter(l.Kind, limit, window))
		}
	}
	add(l.PerSecond, time.Second)
	if l.Window == 0 {
		l.Window = time.Minute
	}
	add(l.PerWindow, l.Window)
	return all
}

func newMeter(kind LimitKind, limit int, window time.Duration) meter {
	switch kind {
	case Fixed:
		return &fixed{limit: limit, window: window}
	case TokenBucket:
		return &bucket{step: window / time.Duration(limit), window: window}
	}
	return &sliding{limit: limit, window: window}
}

// admit counts a call and returns 0, or returns how long to wait until there is room for it.
func (m meters) admit(now time.Duration) time.Duration {
	var wait time.Duration
	for _, one := range m {
		wait = max(wait, one.wait(now))
	}
	if wait > 0 {
		return wait
	}
	for _, one := range m {
		one.take(now)
	}
	return 0
}

// sliding keeps the times of the calls in the last window.
type sliding struct {
	limit  int
	window time.Duration
	calls  []time.Duration // oldest first, at most limit
}

func (m *sliding) wait(now time.Duration) time.Duration {
	for len(m.calls) > 0 && m.calls[0]+m.window <= now {
		m.calls = m.calls[1:]
	}
	if len(m.calls) < m.limit {
		return 0
	}
	return m.calls[0] + m.window - now
}

func (m *sliding) take(now time.Duration) { m.calls = append(m.calls, now) }

// fixed counts the calls in the current window. The first window begins with the server.
type fixed struct {
	limit  int
	window time.Duration
	number time.Duration // number of the current window
	used   int
}

func (m *fixed) wait(now time.Duration) time.Duration {
	if number := now / m.window; number != m.number {
		m.number, m.used = number, 0
	}
	if m.used < m.limit {
		return 0
	}
	return (m.number+1)*m.window - now
}

func (m *fixed) take(time.Duration) { m.used++ }

// bucket holds a window's worth of tokens and gets one back each step. It stores only when it will be full again, so
// that rounding errors don't add up.
type bucket struct {
	step   time.Duration
	window time.Duration
	full   time.Duration
}

func (m *bucket) wait(now time.Duration) time.Duration {
	return max(0, max(m.full, now)+m.step-m.window-now)
}

func (m *bucket) take(now time.Duration) { m.full = max(m.full, now) + m.step }
