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
type doubt struct {
	record  office.Record
	request *office.Request // the row as the file has it now, to be sent again; nil: not met, gone or not valid
	ended   time.Time       // of the attempt: only lists that began later count
	opens   time.Time       // from then on, a list without the office means that it was not created
	looked  int             // complete lists without a candidate
	missed  int             // those of them that began after it opened
	refusal bool            // the last attempt was refused; the doubt is of an earlier one
}

func (d *doubt) name() office.Name { return office.NameOf(d.record.Name, d.record.Country) }

// doubt keeps a row for settling, and writes down what is known so far.
func (s *Submitter) doubt(t *task, a *api.Answer) {
	d := &doubt{record: t.record, request: t.request, ended: a.Ended, refusal: a.Verdict == api.Rejected || a.Verdict == api.Denied}
	d.record.Doubted = true
	d.record.Answered, d.record.Claimed = a.Status != 0, a.Verdict == api.Claimed
	d.opens = a.Ended.Add(s.window(d.record))
	if !s.finish(d.record) {
		s.putAside(t.request, office.ErrTaken)
		s.drop(t.name(), t.request.Key)
		return
	}
	s.update(func() {
		s.doubts[t.request.Key] = d
		delete(s.rows.underWay, t.request.Key)
		s.closesAt(d.opens)
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
func (s *Submitter) remember() error {
	orphans, err := s.journal.Orphans(true)
	if err != nil {
		return err
	}
	for _, record := range orphans {
		s.inherit(record, s.options.Since)
	}
	for key, record := range s.judge.resent {
		s.resent[key] = record
		s.closesAt(s.options.Since.Add(s.window(office.Record{})))
	}
	return nil
}

// inherit makes a doubt of a row that another run has left unknown, whose last
// attempt has ended by then.
func (s *Submitter) inherit(record office.Record, ended time.Time) {
	d := &doubt{record: record, ended: ended, opens: ended.Add(s.window(record))}
	d.record.Doubted = true
	if a := s.aside[record.Key]; a != nil {
		d.request = a.request
		delete(s.aside, record.Key)
		if a.waits {
			s.rows.open--
		}
	}
	s.doubts[record.Key] = d
	s.rows.hold(d.name(), record.Key)
	s.closesAt(d.opens)
}

// closesAt notes when the window of an attempt closes.
func (s *Submitter) closesAt(t time.Time) {
	if t.After(s.closes) {
		s.closes = t
	}
}

// look takes in a complete list, and draws from it what it can. It returns
// false for a list that doesn't count, as it lacks an office seen before.
func (s *Submitter) look(l *api.Listing) bool {
	s.looking.Lock() // a doubt is decided by one list
	defer s.looking.Unlock()
	s.mu.Lock()
	if id := s.company.missing(l); id != "" {
		s.mu.Unlock()
		s.options.Say(fmt.Sprintf("a list of offices lacks office %s, which was in an earlier one: it doesn't count", id))
		return false
	}
	s.company.see(l)
	s.judge.See(l)
	var decided []ruling
	for _, d := range s.inDoubt() {
		if !l.Began.Before(d.ended) {
			decided = append(decided, s.weigh(d, l)...)
		}
	}
	s.counts.settle(decided)
	s.mu.Unlock()
	for _, r := range decided {
		s.settled(r)
	}
	return true
}

// inDoubt are the doubts in the order of their rows, so that a run is repeatable.
func (s *Submitter) inDoubt() []*doubt {
	doubts := make([]*doubt, 0, len(s.doubts))
	for _, d := range s.doubts {
		doubts = append(doubts, d)
	}
	slices.SortFunc(doubts, func(a, b *doubt) int {
		return cmp.Or(cmp.Compare(a.record.Row, b.record.Row), cmp.Compare(a.record.Key, b.record.Key))
	})
	return doubts
}

// ruling is what a list of offices has decided about a doubt.
type ruling struct {
	doubt   *doubt
	outcome office.Outcome // Created, Refused, Unknown (for good), or Pending: it was not created
	ids     []string       // the office of a Created; offices to look at of an Unknown
	words   string
}

// weigh decides about a doubt from a complete list that began after the
// attempt's end; nothing where it is too early to tell. See "Settling" in
// ARCHITECTURE.md for why each step is safe.
func (s *Submitter) weigh(d *doubt, l *api.Listing) []ruling {
	candidates := s.candidates(d)
	switch {
	case len(candidates) == 1:
		s.company.owners[candidates[0]] = d.record.Key
		return []ruling{{d, office.Created, candidates, d.record.Words}}
	case len(candidates) > 1:
		return []ruling{{d, office.Unknown, candidates, "several offices of this name and country appeared: " + strings.Join(candidates, ", ")}}
	}
	d.looked++
	if l.Began.Before(d.opens) {
		return nil // the office may be listed later
	}
	// Not even one list after the window is enough: a page that shifts may have
	// hidden an office that had come into the list since the one before.
	if d.missed++; d.missed < 2 {
		return nil
	}
	return []ruling{s.notListed(d)}
}

// once says something before words that may say it already: a row that stays
// unknown is settled by every run.
func once(before, words string) string { return before + strings.TrimPrefix(words, before) }

// notListed decides about a row whose office did not appear within the window.
func (s *Submitter) notListed(d *doubt) ruling {
	strangers := s.strangers(d)
	switch {
	case d.record.Claimed:
		return ruling{d, office.Unknown, nil, once("the server claimed success, but the office is not in the list: ", d.record.Words)}
	case d.refusal:
		return ruling{d, office.Refused, nil, d.record.Words}
	case len(strangers) > 0:
		return ruling{d, office.Unknown, strangers, "an office that no row explains appeared in this country, which may be this one renamed: " + strings.Join(strangers, ", ")}
	case d.record.Attempts >= maxAttempts:
		return ruling{d, office.Unknown, nil, once(fmt.Sprintf("%d attempts had no answer that counts: ", d.record.Attempts), d.record.Words)}
	}
	return ruling{d, office.Pending, nil, "not in the list of offices, so it was not created: " + d.record.Words}
}

// candidates are the offices that an attempt of the row may have made: of the
// name and country that were sent, in any state, not there before its first
// attempt, and no other row's.
func (s *Submitter) candidates(d *doubt) (ids []string) {
	for _, o := range s.company.byName[d.name()] {
		if s.appeared(o.ID, d) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// strangers are offices in the row's country that appeared since its first
// attempt and that no row explains. One may be the row's, renamed by an
// administrator before the list was taken.
func (s *Submitter) strangers(d *doubt) (ids []string) {
	for i := range s.company.offices {
		o := &s.company.offices[i]
		_, busy := s.rows.busy[o.Key()]
		if !busy && strings.EqualFold(o.Country, d.record.Country) && s.appeared(o.ID, d) && !s.othersMaking(o, d) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// appeared says that an office was not there before the row's first attempt
// and belongs to no other row.
func (s *Submitter) appeared(id string, d *doubt) bool {
	owner, owned := s.company.owners[id]
	if !owned {
		owner, owned = s.journal.Owner(id)
	}
	return !s.journal.InBaseline(d.record.Run, id) && (!owned || owner == d.record.Key)
}

// settled acts on a ruling.
func (s *Submitter) settled(r ruling) {
	d, record := r.doubt, r.doubt.record
	record.Outcome, record.Words, record.SettledAt = r.outcome, r.words, time.Now().UTC()
	switch r.outcome {
	case office.Created:
		record.OfficeID = r.ids[0]
		record.Differs = s.readBack(d, r.ids[0])
		s.sentAgain(record)
	case office.Unknown:
		record.Candidates = r.ids
	}
	written := s.finish(record)
	if !written && s.stoppedBy() == nil {
		s.update(func() { delete(s.doubts, record.Key) })
		s.putAside(d.request, office.ErrTaken)
		record.Outcome = office.Unknown // for another process to settle
		s.resume(d, record)
		return
	}
	if written && r.outcome != office.Unknown {
		s.resume(d, record)
		return
	}
	s.update(func() {
		delete(s.doubts, record.Key)
		s.rows.open-- // its name stays taken
		if r.outcome == office.Unknown {
			s.counts.Unknown++
			s.rows.block(d.name())
		}
	})
}

// readBack holds an office of the latest list against the row that made it;
// nothing where the file no longer has that row, or has it otherwise.
func (s *Submitter) readBack(d *doubt, id string) []office.Difference {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.request == nil || d.request.Digest != d.record.Digest {
		return nil
	}
	for _, o := range s.company.byName[d.name()] {
		if o.ID == id {
			return differences(d.request.Body, o.Whole)
		}
	}
	return nil
}

// sentAgain keeps a row for the last list if it was sent more than once.
func (s *Submitter) sentAgain(record office.Record) {
	if record.Attempts > 1 {
		s.update(func() { s.resent[record.Key] = record })
	}
}

// resume frees the name of a settled doubt; a row that was not created is
// admitted again, before those that waited for its name. Doubt and name go at
// once: were the name still taken for a moment, the file could bring the row
// in it, which would go its way without holding the name.
func (s *Submitter) resume(d *doubt, record office.Record) {
	s.mu.Lock()
	delete(s.doubts, record.Key)
	waited := s.rows.release(d.name(), record.Key)
	next := waited
	if record.Outcome == office.Pending && d.request != nil {
		next = append([]*office.Request{d.request}, waited...)
	}
	s.mu.Unlock()
	s.readmit(next, 1+len(waited))
}
