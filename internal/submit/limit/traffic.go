package limit

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
