package simulator

import "time"

// Truth is what really happened up to now, a copy.
func (s *Server) Truth() *Truth {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.truth.clone()
}

// Add puts in an office that none of the calls made, as someone else might at
// the same time, and returns its id. The list shows it at once.
func (s *Server) Add(o Office) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.companies.of(o.Company).add(o, time.Time{})
}

// Rename gives an office another name, as an administrator might; false: there
// is none with this id.
func (s *Server) Rename(id, name string) bool {
	return s.change(id, func(o *listed) { o.Name = name })
}

// SetState makes an office active, cancelled, deleted, pending or suspended;
// false: there is none with this id.
func (s *Server) SetState(id, state string) bool {
	return s.change(id, func(o *listed) { o.State = state })
}

func (s *Server) change(id string, how func(*listed)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.companies.having(id)
	if c != nil {
		how(c.find(id))
	}
	return c != nil
}

// Remove makes an office vanish from all answers; Truth remembers it. False:
// there is none with this id.
func (s *Server) Remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.companies.having(id)
	return c != nil && c.remove(id)
}

// ShiftList makes the next page of a list, other than a first one, begin one
// office late: one office is left out, once, as when a list is read while it
// moves.
func (s *Server) ShiftList() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shift = true
}
