package submit

import (
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"officeimporter/internal/office"
)

// The model's lease, as the program sets it for a time-out of a minute.
const (
	modelLease   = time.Minute
	modelMargin  = modelLease / 3
	modelTimeout = time.Minute
	modelSettle  = 45 * time.Second
)

var errGone = errors.New("the process is gone, or its lease is")

// sharedJournal is a model of a journal that several processes share. Package journal/postgres has
// the same rules in SQL, with tests of its own.
type sharedJournal struct {
	mu        sync.Mutex
	rows      map[office.Key]*claim
	baselines []map[string]bool
	late      int // records that came after another process had taken the row over
}

// claim is what the journal has about a row.
type claim struct {
	office.Record
	holder  *openJournal // the process that has it, if unknown
	settled bool
	lost    []*openJournal // processes that it was taken from
}

// openJournal is the journal as one process has it open.
type openJournal struct {
	*sharedJournal
	crashed     bool
	silentSince time.Time // since when the lease isn't renewed; zero: it is renewed
	epoch       int
	begun       map[office.Key]int
}

func (b *sharedJournal) open() *openJournal {
	return &openJournal{sharedJournal: b, begun: map[office.Key]int{}}
}

// live reports whether others must leave alone what the process holds.
func (s *openJournal) live() bool {
	return !s.crashed && (s.silentSince.IsZero() || time.Since(s.silentSince) < modelLease)
}

func (s *openJournal) gone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.crashed
}

// silence stops the heartbeat for a while. If the lease lapses, what was begun before is lost.
func (s *openJournal) silence(d time.Duration) {
	s.mu.Lock()
	s.silentSince = time.Now()
	s.mu.Unlock()
	time.Sleep(d)
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.silentSince) >= modelLease-modelMargin {
		s.epoch++
	}
	s.silentSince = time.Time{}
}

func (s *openJournal) lasts() bool {
	return !s.crashed && (s.silentSince.IsZero() || time.Since(s.silentSince) < modelLease-modelMargin)
}

// wait waits until the lease lasts, and returns with the lock held.
func (s *openJournal) wait() error {
	for {
		s.mu.Lock()
		switch {
		case s.crashed:
			s.mu.Unlock()
			return errGone
		case s.lasts():
			return nil
		}
		s.mu.Unlock()
		time.Sleep(time.Second)
	}
}

func (s *openJournal) Begin(r office.Record) error {
	if err := s.wait(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	before := s.rows[r.Key]
	if before == nil && r.Attempts != 1 || before != nil && (before.Outcome != office.Pending && before.Outcome != office.Refused || before.Attempts != r.Attempts-1) {
		return office.ErrTaken
	}
	if s.named(&r) {
		return office.ErrTaken
	}
	c := &claim{Record: r, holder: s}
	if before != nil {
		c.lost = before.lost
	}
	s.rows[r.Key], s.begun[r.Key] = c, s.epoch
	return nil
}

// named reports whether another row of the name is under way.
func (b *sharedJournal) named(r *office.Record) bool {
	for key, c := range b.rows {
		if key != r.Key && c.Outcome == office.Unknown && office.NameOf(c.Name, c.Country) == office.NameOf(r.Name, r.Country) {
			return true
		}
	}
	return false
}

func (s *openJournal) Held(key office.Key) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if epoch, ok := s.begun[key]; !ok || epoch != s.epoch || !s.lasts() {
		return errGone
	}
	return nil
}

func (s *openJournal) Finish(r office.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.crashed {
		return errGone
	}
	delete(s.begun, r.Key)
	if !s.mayFinish(s.rows[r.Key], &r) {
		s.sharedJournal.late++
		return office.ErrTaken
	}
	c := &claim{Record: r}
	if before := s.rows[r.Key]; before != nil {
		c.lost = before.lost
	}
	if r.Outcome == office.Unknown {
		c.holder, c.settled = s, !r.SettledAt.IsZero()
	}
	s.rows[r.Key] = c
	return nil
}

func (s *openJournal) mayFinish(c *claim, r *office.Record) bool {
	made := r.Outcome == office.Created
	switch {
	case c == nil:
		return r.Attempts == 0 && (made || r.Outcome == office.Exists) && !s.named(r)
	case c.Outcome == office.Unknown:
		mine := c.holder == s && (c.Attempts == r.Attempts || r.Outcome == office.Pending && c.Attempts == r.Attempts+1)
		return mine || c.Attempts == r.Attempts && made && !s.owned(r)
	case c.Outcome == office.Pending || c.Outcome == office.Refused:
		return c.Attempts == r.Attempts && (made || r.Outcome == office.Exists) && !s.named(r) && !s.owned(r)
	}
	return c.Outcome == r.Outcome && c.OfficeID == r.OfficeID
}

// owned reports whether an office belongs to another row.
func (b *sharedJournal) owned(r *office.Record) bool {
	for key, c := range b.rows {
		if key != r.Key && c.Outcome == office.Created && c.OfficeID == r.OfficeID {
			return true
		}
	}
	return false
}

func (s *openJournal) Orphans(start bool) (orphans []office.Record, err error) {
	if err := s.wait(); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	for _, c := range s.rows {
		if c.Outcome == office.Unknown && c.holder != s && !c.holder.live() && (start || !c.settled) && !slices.Contains(c.lost, s) {
			c.lost = append(c.lost, c.holder)
			c.holder = s
			orphans = append(orphans, c.Record)
		}
	}
	return orphans, nil
}

func (s *openJournal) UnderWay(key office.Key, name office.Name) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, c := range s.rows {
		if c.Outcome == office.Unknown && c.holder != s && !c.settled && (k == key || office.NameOf(c.Name, c.Country) == name) && (c.holder.live() || !slices.Contains(c.lost, s)) {
			return true
		}
	}
	return false
}

func (s *openJournal) Baseline(_ string, ids []string) (int, error) {
	if err := s.wait(); err != nil {
		return 0, err
	}
	defer s.mu.Unlock()
	base := map[string]bool{}
	for _, id := range ids {
		base[id] = true
	}
	s.baselines = append(s.baselines, base)
	return len(s.baselines), nil
}

func (s *openJournal) InBaseline(run int, id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return run > 0 && s.baselines[run-1][id]
}

func (s *openJournal) Record(key office.Key) (r office.Record, known bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.rows[key]; c != nil {
		return c.Record, true, nil
	}
	return r, false, nil
}

func (s *openJournal) Records(with ...office.Outcome) iter.Seq2[office.Record, error] {
	return s.RecordsWhere(func(m office.RowInfo) bool { return len(with) == 0 || slices.Contains(with, m.Outcome) })
}

func (s *openJournal) RecordsWhere(wanted func(office.RowInfo) bool) iter.Seq2[office.Record, error] {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []office.Record
	for _, c := range s.rows {
		if wanted(office.RowInfo{Key: c.Key.Hash(), Outcome: c.Outcome, Doubted: c.Doubted}) {
			all = append(all, c.Record)
		}
	}
	return func(yield func(office.Record, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (s *openJournal) Owner(id string) (office.Key, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, c := range s.rows {
		if c.OfficeID == id && (c.Outcome == office.Created || c.Outcome == office.Exists) {
			return key, true
		}
	}
	return "", false
}
