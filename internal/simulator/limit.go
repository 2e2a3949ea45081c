package simulator

import "time"

// A meter counts calls against one limit. Times are since the server's start,
// and never go back.
type meter interface {
	wait(now time.Duration) time.Duration // until there is room; 0: there is
	take(now time.Duration)               // counts a call for which there is room
}

// meters are all the limits of a server.
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

// admit counts a call, or says how long to wait until there is room for it.
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

// sliding remembers the calls of the last window.
type sliding struct {
	limit  int
	window time.Duration
	calls  []time.Duration // oldest first, never more than limit
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

// fixed counts the calls of the present window; the first begins with the server.
type fixed struct {
	limit  int
	window time.Duration
	number time.Duration // of the window that used speaks of
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

// bucket holds as many tokens as are in a window and gets one back each step.
// Of its level it keeps only when it will be full again: no rounding adds up.
type bucket struct {
	step   time.Duration
	window time.Duration
	full   time.Duration
}

func (m *bucket) wait(now time.Duration) time.Duration {
	return max(0, max(m.full, now)+m.step-m.window-now)
}

func (m *bucket) take(now time.Duration) { m.full = max(m.full, now) + m.step }
