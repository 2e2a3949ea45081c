package submit

import (
	"time"

	"officeimporter/internal/office"
)

// admit decides what becomes of a row of the file, or of one that waited. It
// returns false where no more rows should come.
func (s *Submitter) admit(r *office.Request) bool {
	result, err := s.consider(r)
	if err != nil {
		s.stop(&StopError{Reason: StopJournal, Message: err.Error(), Err: err})
		return false
	}
	if result == nil {
		return true // it waits, or belongs to a doubt
	}
	switch {
	case result.Outcome == office.Ready:
		return s.enqueue(result)
	case newlyFound(result):
		return s.finish(found(result.Record))
	}
	return true
}

// consider judges a row, unless it belongs to a doubt or must wait for a row
// of its name: then it is kept, and the result is nil.
func (s *Submitter) consider(r *office.Request) (*office.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.doubts[r.Key]; d != nil {
		if r.Valid() {
			d.request = r
		}
		return nil, nil
	}
	name := office.NameOf(r.Office.Name, r.Office.Country)
	if holder, busy := s.rows.busy[name]; busy && holder != r.Key && r.Valid() {
		if !s.rows.blocked[name] {
			s.rows.waiting[name] = append(s.rows.waiting[name], r)
			s.rows.open++
		}
		return nil, nil
	}
	result, err := s.judge.Judge(r)
	return &result, err
}

// enqueue makes a row ready to be sent; false once --first is reached.
func (s *Submitter) enqueue(result *office.Result) bool {
	t := &task{request: &result.Request, record: result.Record}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.rows.hold(t.name(), t.request.Key) {
		s.rows.waiting[t.name()] = append(s.rows.waiting[t.name()], t.request)
		s.rows.open++
		return true
	}
	if s.options.First > 0 && s.counts.Begun >= s.options.First && t.record.Attempts == 0 {
		s.rows.release(t.name(), t.request.Key)
		s.counts.Limited = true
		return false
	}
	s.counts.Begun++
	s.rows.ready = append(s.rows.ready, t)
	s.rows.open++
	s.wake()
	return true
}

// newlyFound says that an office was found in the list for a row of which the
// journal doesn't know that yet.
func newlyFound(result *office.Result) bool {
	return (result.Outcome == office.Exists || result.Outcome == office.Created) && result.Record.SettledAt.IsZero()
}

func found(record office.Record) office.Record {
	record.SettledAt = time.Now().UTC()
	return record
}

// finish writes an outcome into the journal, and counts it; false where the
// journal can't be written, and then nothing more is sent.
func (s *Submitter) finish(record office.Record) bool {
	if err := s.journal.Finish(record); err != nil {
		s.stop(&StopError{Reason: StopJournal, Message: "the journal can't be written: " + err.Error(), Err: err})
		return false
	}
	s.update(func() { s.counts.count(record) })
	return true
}

func (p *Progress) count(record office.Record) {
	switch record.Outcome {
	case office.Created:
		p.Created++
	case office.Exists:
		p.Exists++
	case office.Refused:
		p.Refused++
	}
}

// drop ends a row's way, for now: its name is free. The rows given, and those
// that waited for the name, are admitted in this order.
func (s *Submitter) drop(name office.Name, key office.Key, next ...*office.Request) {
	s.mu.Lock()
	waited := s.rows.release(name, key)
	s.mu.Unlock()
	for _, r := range append(next, waited...) {
		s.admit(r)
	}
	// Only now, so that the run can't end between.
	s.update(func() { s.rows.open -= 1 + len(waited) })
}
