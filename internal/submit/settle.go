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

// doubt is a row of which nobody knows yet whether its office was created.
type pendingSettlement struct {
	record      office.Record
	request     *office.Request // the row as the file has it now, to be sent again; nil: not met, gone or not valid
	ended       time.Time       // of the attempt: only lists that began later count
	windowEnd   time.Time       // from then on, a list without the office means that it was not created
	absent      int             // complete lists without a candidate
	absentAfter int             // those of them that began after it opened
	refusal     bool            // the last attempt was refused; the doubt is of an earlier one
}

func (p *pendingSettlement) name() office.Name { return office.NameOf(p.record.Name, p.record.Country) }

// doubt keeps a row for settling, and writes down what is known so far.
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

// window is how long after an attempt's end its office may still appear. Where
// no answer came the call may still be under way for as long as we would have
// listened.
func (s *Submitter) window(r office.Record) time.Duration {
	if r.Answered {
		return s.options.Settle
	}
	return s.options.Settle + s.options.Timeout
}

// remember makes doubts of all rows that earlier runs left unknown, whether
// they have left the file or not.
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

// inherit makes a doubt of a row that another run has left unknown, whose last
// attempt has ended by then.
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

// closesAt notes when the window of an attempt closes.
func (s *Submitter) noteWindowEnd(t time.Time) {
	if t.After(s.lastWindowEnd) {
		s.lastWindowEnd = t
	}
}

// look takes in a complete list, and draws from it what it can. It returns
// false for a list that doesn't count, as it lacks an office seen before.
func (s *Submitter) applyList(l *api.Listing) bool {
	s.applying.Lock() // a doubt is decided by one list
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

// inDoubt are the doubts in the order of their rows, so that a run is repeatable.
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

// ruling is what a list of offices has decided about a doubt.
type decision struct {
	pending *pendingSettlement
	outcome office.Outcome // Created, Refused, Unknown (for good), or Pending: it was not created
	ids     []string       // the office of a Created; offices to look at of an Unknown
	words   string
}

// weigh decides about a doubt from a complete list that began after the
// attempt's end; nothing where it is too early to tell. See "Settling" in
// ARCHITECTURE.md for why each step is safe.
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
	// Not even one list after the window is enough: a page that shifts may have
	// hidden an office that had come into the list since the one before.
	if p.absentAfter++; p.absentAfter < 2 {
		return nil
	}
	return []decision{s.notListed(p)}
}

// once says something before words that may say it already: a row that stays
// unknown is settled by every run.
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

// candidates are the offices that an attempt of the row may have made: of the
// name and country that were sent, in any state, not there before its first
// attempt, and no other row's.
func (s *Submitter) candidates(p *pendingSettlement) (ids []string) {
	for _, o := range s.company.byName[p.name()] {
		if s.appeared(o.ID, p) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// strangers are offices in the row's country that appeared since its first
// attempt and that no row explains. One may be the row's, renamed by an
// administrator before the list was taken.
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

// appeared says that an office was not there before the row's first attempt
// and belongs to no other row.
func (s *Submitter) appeared(id string, p *pendingSettlement) bool {
	owner, owned := s.company.owners[id]
	if !owned {
		owner, owned = s.journal.Owner(id)
	}
	return !s.journal.InBaseline(p.record.Run, id) && (!owned || owner == p.record.Key)
}

// settled acts on a ruling.
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

// readBack holds an office of the latest list against the row that made it;
// nothing where the file no longer has that row, or has it otherwise.
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

// sentAgain keeps a row for the last list if it was sent more than once.
func (s *Submitter) noteResend(record office.Record) {
	if record.Attempts > 1 {
		s.update(func() { s.resends[record.Key] = record })
	}
}

// resume frees the name of a settled doubt; a row that was not created is
// admitted again, before those that waited for its name. Doubt and name go at
// once: were the name still taken for a moment, the file could bring the row
// in it, which would go its way without holding the name.
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
