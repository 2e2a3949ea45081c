package limit

// Traffic is what a Limiter has seen of its calls since it was made.
type Traffic struct {
	Calls     int // that have left: POSTs, pages of lists, each attempt
	Throttled int // answers that told of too many calls
	Pauses    int // of all calls together; one that is drawn out is one
}

// Plus is the traffic of two limiters together.
func (t Traffic) Plus(u Traffic) Traffic {
	return Traffic{t.Calls + u.Calls, t.Throttled + u.Throttled, t.Pauses + u.Pauses}
}

// Traffic is what the limiter has seen so far. It may be called at any time.
func (l *Limiter) Traffic() Traffic {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.traffic
}
