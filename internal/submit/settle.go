package submit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// pendingSettlement is a row that waits for lists of offices to show whether its office was created.
type pendingSettlement struct {
	record      office.Record
	request     *office.Request // the row as it is in the file now, to be sent again; nil: not read yet, gone or not valid
	ended       time.Time       // when the attempt ended: only lists begun later count
	windowEnd   time.Time       // lists begun later without the office show that it was not created
	absent      int             // number of complete lists without a candidate
	absentAfter int             // how many of those began after windowEnd
	refusal     bool            // the last attempt was refused; an earlier one is unclear
}

func (p *pendingSettlement) name() office.Name { return office.NameOf(p.record.Name, p.record.Country) }

// awaitSettlement keeps a row for settling, and records what is known so far.
func (s *Submitter) awaitSettlement(t *task, a *api.Answer) {
	p := &pendingSettlement{record: t.record, request: t.request, ended: a.Ended, refusal: a.Verdict == api.Rejected || a.Verdict == api.Denied}
	p.record.Doubted = true
	p.record.Answered, p.record.Claimed = a.Status != 0, a.Verdict == api.Claimed
	p.windowEnd = a.Ended.Add(s.window(p.record))
	if !s.finish(p.record) {
		s.deferRow(t.request, office.ErrTaken)
		s.drop(t.name(), t.request.Key)
		return
	}
	s.update(func() {
		s.pending[t.request.Key] = p
		delete(s.rows.underWay, t.request.Key)
		s.noteWindowEnd(p.windowEnd)
	})
}

// window returns how long after an attempt's end its office may still appear. If no answer came, the call may still
// be under way for as long as we would have waited for it.
func (s *Submitter) window(r office.Record) time.Duration {
	if r.Answered {
		return s.options.Settle
	}
	return s.options.Settle + s.options.Timeout
}

// loadUnsettled loads all rows that earlier runs left unknown, including those that have left the file.
func (s *Submitter) loadUnsettled() error {
	orphans, err := s.journal.Orphans(true)
	if err != nil {
		return err
	}
	for _, record := range orphans {
		s.addPending(record, s.options.Since)
	}
	for key, record := range s.judge.resends {
		s.resends[key] = record
		s.noteWindowEnd(s.options.Since.Add(s.window(office.Record{})))
	}
	return nil
}

// addPending adds a row that another run left unknown, and whose last attempt has ended by the given time.
func (s *Submitter) addPending(record office.Record, ended time.Time) {
	p := &pendingSettlement{record: record, ended: ended, windowEnd: ended.Add(s.window(record))}
	p.record.Doubted = true
	if a := s.deferred[record.Key]; a != nil {
		p.request = a.request
		delete(s.deferred, record.Key)
		if a.waiting {
			s.rows.open--
		}
	}
	s.pending[record.Key] = p
	s.rows.hold(p.name(), record.Key)
	s.noteWindowEnd(p.windowEnd)
}

func (s *Submitter) noteWindowEnd(t time.Time) {
	if t.After(s.lastWindowEnd) {
		s.lastWindowEnd = t
	}
}

// applyList takes in a complete list, and settles what it can. It returns false for a list that doesn't count because
// it lacks an office seen before.
func (s *Submitter) applyList(l *api.Listing) bool {
	s.applying.Lock() // only one list may settle a row
	defer s.applying.Unlock()
	s.mu.Lock()
	if id := s.company.missing(l); id != "" {
		s.mu.Unlock()
		s.options.Say(fmt.Sprintf("a list of offices lacks office %s, which was in an earlier one: it doesn't count", id))
		return false
	}
	s.company.update(l)
	s.judge.See(l)
	var decided []decision
	for _, p := range s.pendingInOrder() {
		if !l.Began.Before(p.ended) {
			decided = append(decided, s.decideFromList(p, l)...)
		}
	}
	s.counts.settle(decided)
	s.mu.Unlock()
	for _, r := range decided {
		s.applyDecision(r)
	}
	return true
}

// pendingInOrder returns the pending rows in file order, so that a run is repeatable.
func (s *Submitter) pendingInOrder() []*pendingSettlement {
	pending := make([]*pendingSettlement, 0, len(s.pending))
	for _, p := range s.pending {
		pending = append(pending, p)
	}
	slices.SortFunc(pending, func(a, b *pendingSettlement) int {
		return cmp.Or(cmp.Compare(a.record.Row, b.record.Row), cmp.Compare(a.record.Key, b.record.Key))
	})
	return pending
}

// decision is what a list of offices has shown about a pending row.
type decision struct {
	pending *pendingSettlement
	outcome office.Outcome // Created, Refused, Unknown (a person decides), or Pending: not created
	ids     []string       // Created: its office; Unknown: the offices to look at
	words   string
}

// decideFromList decides about a row from a complete list that began after the attempt's end, or returns nothing if
// it is too early. See "Settling" in ARCHITECTURE.md for why each step is safe.
func (s *Submitter) decideFromList(p *pendingSettlement, l *api.Listing) []decision {
	candidates := s.candidates(p)
	switch {
	case len(candidates) == 1:
		s.company.owners[candidates[0]] = p.record.Key
		return []decision{{p, office.Created, candidates, p.record.Words}}
	case len(candidates) > 1:
		return []decision{{p, office.Unknown, candidates, "several offices of this name and country appeared: " + strings.Join(candidates, ", ")}}
	}
	p.absent++
	if l.Began.Before(p.windowEnd) {
		return nil // the office may be listed later
	}
	// One list after the window is not enough: a shifting page may hide an office that was listed only after the list
	// before.
	if p.absentAfter++; p.absentAfter < 2 {
		return nil
	}
	return []decision{s.notListed(p)}
}

// prefixOnce adds a prefix unless words already has it: every run settles a row that stays unknown again.
func prefixOnce(before, words string) string { return before + strings.TrimPrefix(words, before) }

// notListed decides about a row whose office did not appear within the window.
func (s *Submitter) notListed(p *pendingSettlement) decision {
	unexplained := s.unexplained(p)
	switch {
	case p.record.Claimed:
		return decision{p, office.Unknown, nil, prefixOnce("the server claimed success, but the office is not in the list: ", p.record.Words)}
	case p.refusal:
		return decision{p, office.Refused, nil, p.record.Words}
	case len(unexplained) > 0:
		return decision{p, office.Unknown, unexplained, "an office that no row explains appeared in this country, which may be this one renamed: " + strings.Join(unexplained, ", ")}
	case p.record.Attempts >= maxAttempts:
		return decision{p, office.Unknown, nil, prefixOnce(fmt.Sprintf("%d attempts had no answer that counts: ", p.record.Attempts), p.record.Words)}
	}
	return decision{p, office.Pending, nil, "not in the list of offices, so it was not created: " + p.record.Words}
}

// candidates returns the offices that an attempt of the row may have created: they have the name and country that
// were sent, in any state, were not there before its first attempt, and belong to no other row.
func (s *Submitter) candidates(p *pendingSettlement) (ids []string) {
	for _, o := range s.company.byName[p.name()] {
		if s.appeared(o.ID, p) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// unexplained returns the offices in the row's country that appeared since its first attempt and that no row
// explains. One may be the row's, if an administrator renamed it before the list was taken.
func (s *Submitter) unexplained(p *pendingSettlement) (ids []string) {
	for i := range s.company.offices {
		o := &s.company.offices[i]
		_, busy := s.rows.busy[o.Key()]
		if !busy && strings.EqualFold(o.Country, p.record.Country) && s.appeared(o.ID, p) && !s.explainedElsewhere(o, p) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// appeared reports whether an office was not there before the row's first attempt and belongs to no other row.
func (s *Submitter) appeared(id string, p *pendingSettlement) bool {
	owner, owned := s.company.owners[id]
	if !owned {
		owner, owned = s.journal.Owner(id)
	}
	return !s.journal.InBaseline(p.record.Run, id) && (!owned || owner == p.record.Key)
}

// applyDecision records a decision and lets the row go on.
func (s *Submitter) applyDecision(r decision) {
	p, record := r.pending, r.pending.record
	record.Outcome, record.Words, record.SettledAt = r.outcome, r.words, time.Now().UTC()
	switch r.outcome {
	case office.Created:
		record.OfficeID = r.ids[0]
		record.Differs = s.readBack(p, r.ids[0])
		s.noteResend(record)
	case office.Unknown:
		record.Candidates = r.ids
	}
	written := s.finish(record)
	if !written && s.stoppedBy() == nil {
		s.update(func() { delete(s.pending, record.Key) })
		s.deferRow(p.request, office.ErrTaken)
		record.Outcome = office.Unknown // for another process to settle
		s.resume(p, record)
		return
	}
	if written && r.outcome != office.Unknown {
		s.resume(p, record)
		return
	}
	s.update(func() {
		delete(s.pending, record.Key)
		s.rows.open-- // its name stays taken
		if r.outcome == office.Unknown {
			s.counts.Unknown++
			s.rows.block(p.name())
		}
	})
}

// readBack compares an office of the latest list with the row that created it. It returns nothing if the file no
// longer has that row, or has changed it.
func (s *Submitter) readBack(p *pendingSettlement, id string) []office.Difference {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.request == nil || p.request.Digest != p.record.Digest {
		return nil
	}
	for _, o := range s.company.byName[p.name()] {
		if o.ID == id {
			return differences(p.request.Body, o.Whole)
		}
	}
	return nil
}

// noteResend keeps a row for the last list if it was sent more than once.
func (s *Submitter) noteResend(record office.Record) {
	if record.Attempts > 1 {
		s.update(func() { s.resends[record.Key] = record })
	}
}

// resume frees the name of a settled row. A row that was not created is admitted again, before those that waited for
// its name. Entry and name go under one lock: otherwise the file could bring the row in between, and it would be sent
// without holding its name.
func (s *Submitter) resume(p *pendingSettlement, record office.Record) {
	s.mu.Lock()
	delete(s.pending, record.Key)
	waited := s.rows.release(p.name(), record.Key)
	next := waited
	if record.Outcome == office.Pending && p.request != nil {
		next = append([]*office.Request{p.request}, waited...)
	}
	s.mu.Unlock()
	s.readmit(next, 1+len(waited))
}

// giveUp leaves all pending rows unknown. The journal has them as such, and the next run settles them first.
func (s *Submitter) giveUp() {
	s.update(func() {
		for key, p := range s.pending {
			delete(s.pending, key)
			s.counts.Unknown++
			s.rows.block(p.name())
			s.rows.open--
		}
	})
	s.options.Say("too many lists of offices failed: rows in doubt stay unknown; the next run looks again")
}
