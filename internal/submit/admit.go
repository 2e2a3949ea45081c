package submit

import (
	"time"

	"officeimporter/internal/office"
)

// admit decides what to do with a row from the file, or one that waited. It returns false once no more rows should
// come.
func (s *Submitter) admit(r *office.Request) bool {
	s.mu.Lock()
	result, more, err := s.consider(r)
	s.mu.Unlock()
	if err != nil {
		s.stop(&StopError{Reason: StopJournal, Message: err.Error(), Err: err})
		return false
	}
	if result != nil && newlyFound(result) && !s.finish(found(result.Record)) {
		s.deferRow(r, office.ErrTaken)
		return s.stoppedBy() == nil
	}
	return more
}

// consider judges a row and queues it if it should be sent. A row that is pending settlement, or must wait for
// another row of its name, is kept for later: then the result is nil.
func (s *Submitter) consider(r *office.Request) (result *office.Result, more bool, err error) {
	if p := s.pending[r.Key]; p != nil {
		if r.Valid() {
			p.request = r
		}
		return nil, true, nil
	}
	name := office.NameOf(r.Office.Name, r.Office.Country)
	if r.Valid() && s.rows.wait(name, r) {
		return nil, true, nil
	}
	judged, err := s.judge.Judge(r)
	if err == nil && judged.Outcome == office.Unknown && s.journal.UnderWay(r.Key, name) {
		s.deferLocked(r, office.ErrTaken)
		return nil, true, nil
	}
	if err != nil || judged.Outcome != office.Ready {
		return &judged, err == nil, err
	}
	return &judged, s.enqueue(&judged), nil
}

// enqueue queues a row for sending. It returns false once --first is reached.
func (s *Submitter) enqueue(result *office.Result) bool {
	t := &task{request: &result.Request, record: result.Record}
	if s.options.First != 0 && s.counts.Begun >= s.options.First && t.record.Attempts == 0 {
		s.counts.Limited = true
		return false
	}
	if t.record.Doubted { // an earlier attempt was settled as not created
		s.resends[t.request.Key] = t.record
	}
	s.counts.Begun++
	s.rows.send(t)
	s.wake()
	return true
}

// newlyFound reports whether the list has an office for a row and the journal doesn't record that yet.
func newlyFound(result *office.Result) bool {
	return (result.Outcome == office.Exists || result.Outcome == office.Created) && result.Record.SettledAt.IsZero()
}

func found(record office.Record) office.Record {
	record.SettledAt = time.Now().UTC()
	return record
}

// finish writes an outcome to the journal and counts it. It returns false if the row now belongs to another process,
// or if the journal can't be written, which stops the run.
func (s *Submitter) finish(record office.Record) bool {
	if err := s.journal.Finish(record); err != nil {
		if heldElsewhere(err) {
			return false
		}
		s.stop(&StopError{Reason: StopJournal, Message: err.Error() + "; nothing more is sent", Err: err})
		return false
	}
	s.update(func() {
		s.counts.count(record)
		if record.Outcome == office.Created {
			s.created = append(s.created, createdOffice{record.OfficeID, record.Row})
		}
	})
	return true
}

// drop takes a row out of the run for now: its name is free, so the rows that waited for it are admitted.
func (s *Submitter) drop(name office.Name, key office.Key) {
	s.mu.Lock()
	delete(s.rows.underWay, key)
	waited := s.rows.release(name, key)
	s.mu.Unlock()
	s.readmit(waited, 1+len(waited))
}

// readmit admits rows in this order. open is how many open rows they account for.
func (s *Submitter) readmit(next []*office.Request, open int) {
	for _, r := range next {
		s.admit(r)
	}
	// Only now, so that the run can't end in between.
	s.update(func() { s.rows.open -= open })
}
