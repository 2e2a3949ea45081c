package simulator

import "time"

// Truth returns a copy of what has really happened so far.
func (s *Server) Truth() *Truth {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.truth.clone()
}

// Add adds an office that no call created, as somebody else might at the same time, and returns its id. The list
// shows it at once.
func (s *Server) Add(o Office) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.companies.of(o.Company).add(o, time.Time{})
}

// Rename renames an office, as an administrator might. It returns false if there is none with this id.
func (s *Server) Rename(id, name string) bool {
	return s.change(id, func(o *listed) { o.Name = name })
}

// SetState makes an office active, cancelled, deleted, pending or suspended. It returns false if there is none with
// this id.
func (s *Server) SetState(id, state string) bool {
	return s.change(id, func(o *listed) { o.State = state })
}

func (s *Server) change(id string, how func(*listed)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.companies.withOffice(id)
	if c != nil {
		how(c.find(id))
	}
	return c != nil
}

// Remove removes an office from all answers, but not from Truth. It returns false if there is none with this id.
func (s *Server) Remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.companies.withOffice(id)
	return c != nil && c.remove(id)
}

// ShiftList makes the next follow-up page of a list begin one office late, once. The list then lacks an office, as if
// offices had moved while it was read.
func (s *Server) ShiftList() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shift = true
}
