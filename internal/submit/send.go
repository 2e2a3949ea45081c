package submit

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// sayEvery is how often to say that the server is too busy or can't be reached.
const sayEvery = 10 * time.Second

// send makes one attempt to create a row's office, and acts on the answer.
func (s *Submitter) send(ctx context.Context, t *task) {
	answer, err := s.api.Create(ctx, t.request.Body, func() error { return s.begin(t) }, func() error { return s.journal.Held(t.request.Key) })
	if err != nil {
		s.withdraw(t, err)
		return
	}
	t.record.HTTPStatus, t.record.Words, t.record.RequestID = answer.Status, answer.Words, answer.RequestID
	if !answer.Sent.IsZero() {
		t.record.SentAt = answer.Sent.UTC()
	}
	s.noteAnswer(&answer)
	s.conclude(ctx, t, &answer)
}

// begin records that the row is about to leave.
func (s *Submitter) begin(t *task) error {
	r, record := t.request, &t.record
	record.Key, record.Row, record.Name, record.Country = r.Key, r.Row, r.Office.Name, r.Office.Country
	record.Digest, record.Rest = r.Digest, r.Rest()
	record.Outcome, record.OfficeID, record.Candidates = office.Unknown, "", nil
	record.Answered, record.Claimed, record.HTTPStatus, record.Words, record.RequestID = false, false, 0, "", ""
	record.Attempts++
	record.SentAt, record.SettledAt = time.Now().UTC(), time.Time{}
	if record.Run == 0 {
		record.Run = s.run
	}
	if err := s.journal.Begin(*record); err != nil {
		if heldElsewhere(err) {
			return err
		}
		s.stop(&StopError{Reason: StopJournal, Message: err.Error() + "; nothing more is sent", Err: err})
		return err
	}
	t.begun = true
	return nil
}

// withdraw takes back a row that did not leave, because the run is stopping or another process has the row.
func (s *Submitter) withdraw(t *task, err error) {
	switch {
	case heldElsewhere(err):
		s.deferRow(t.request, err)
	case t.begun && s.stoppedBy() == nil:
		s.retry(t)
		return
	case t.begun:
		s.finish(t.unsent())
	}
	s.drop(t.name(), t.request.Key)
}

// unsent returns the record of a row whose attempt doesn't count.
func (t *task) unsent() office.Record {
	t.begun = false
	t.record.Attempts--
	t.record.Outcome = office.Pending
	t.record.SettledAt = time.Now().UTC()
	return t.record
}

// noteAnswer notes what an answer says about the server, whichever row it was for.
func (s *Submitter) noteAnswer(a *api.Answer) {
	s.mu.Lock()
	s.counts.Calls++
	if a.Status != 0 && a.Verdict != api.Throttled {
		s.gotThrough()
	}
	why := cmp.Or(s.streaks.count(a), s.options.Failures.count(a))
	s.mu.Unlock()
	if why != nil {
		s.stop(why)
	}
}

// conclude acts on the outcome of an attempt.
func (s *Submitter) conclude(ctx context.Context, t *task, a *api.Answer) {
	switch a.Verdict {
	case api.Accepted:
		t.record.OfficeID, t.record.Differs = a.Office.ID, differences(t.request.Body, a.Office.Whole)
		s.decide(t, office.Created)
	case api.NotSent:
		s.unreachable(a)
		s.retry(t)
	case api.Throttled:
		s.throttled(a)
		s.retry(t)
	case api.KeyRefused:
		s.stop(fatal(a))
		s.withdraw(t, nil)
	case api.Redirected: // the office may have been created all the same
		s.stop(fatal(a))
		s.awaitSettlement(t, a)
	case api.Denied:
		s.denied(ctx, t, a)
	case api.Rejected:
		s.refused(t, a)
	case api.Ambiguous, api.Claimed:
		s.awaitSettlement(t, a)
	}
}

// decide ends a row with a final outcome.
func (s *Submitter) decide(t *task, outcome office.Outcome) {
	t.record.Outcome, t.record.SettledAt = outcome, time.Now().UTC()
	if !s.finish(t.record) {
		s.finishedTooLate(t)
	}
	s.drop(t.name(), t.request.Key)
}

// retry puts a row whose attempt doesn't count back at the front.
func (s *Submitter) retry(t *task) {
	if !s.finish(t.unsent()) {
		s.deferRow(t.request, office.ErrTaken)
		s.drop(t.name(), t.request.Key)
		return
	}
	s.update(func() { s.rows.ready = append([]*task{t}, s.rows.ready...) })
}

// refused makes the refusal final, unless an earlier attempt may have worked: then the server may refuse it because
// the office is already there.
func (s *Submitter) refused(t *task, a *api.Answer) {
	if t.record.Doubted {
		s.awaitSettlement(t, a)
		return
	}
	s.decide(t, office.Refused)
}

// denied takes one list. If that works, only this row was denied; if not, every row would be.
func (s *Submitter) denied(ctx context.Context, t *task, a *api.Answer) {
	if _, err := s.api.List(ctx); err != nil {
		s.stop(fatal(a))
		s.withdraw(t, nil)
		return
	}
	s.refused(t, a)
}

// throttled says how long the limiter pauses, or stops the run if that is too long.
func (s *Submitter) throttled(a *api.Answer) {
	if why := fatal(a); why != nil {
		s.stop(why)
		return
	}
	s.sayNowAndThen(fmt.Sprintf("the server is too busy (HTTP %d): all calls pause for %s, then go on at %.0f %% of full speed",
		a.Status, a.RetryAfter.Round(100*time.Millisecond), 100*s.limiter.Share()))
}

// sayNowAndThen says something that many calls run into at once and again and again, so one line now and then is
// enough.
func (s *Submitter) sayNowAndThen(text string) {
	s.mu.Lock()
	due := time.Since(s.saidAt) >= sayEvery
	if due {
		s.saidAt = time.Now()
	}
	s.mu.Unlock()
	if due {
		s.options.Say(text)
	}
}

// gotThrough notes that the server answered, so the time without an answer starts over.
func (s *Submitter) gotThrough() { s.unreachableSince, s.backoff = time.Time{}, 0 }

// unreachable makes all calls wait for the server, longer each time. Calls that fail together count as one.
func (s *Submitter) unreachable(a *api.Answer) {
	waiting := s.limiter.PausedUntil().After(time.Now())
	s.mu.Lock()
	if s.unreachableSince.IsZero() {
		s.unreachableSince = time.Now()
	}
	if !waiting {
		s.backoff = min(maxBackoff, max(time.Second, 2*s.backoff))
	}
	patience, backoff := patienceTimeouts*s.options.Timeout, s.backoff
	out := time.Since(s.unreachableSince) > patience
	s.mu.Unlock()
	if out {
		s.stop(outOfReach(a, patience))
		return
	}
	if !waiting {
		s.limiter.Pause(time.Now().Add(backoff))
	}
	s.sayNowAndThen(fmt.Sprintf("the server can't be reached (%s): trying again in %s", a.Words, time.Until(s.limiter.PausedUntil()).Round(100*time.Millisecond)))
}

func outOfReach(a *api.Answer, patience time.Duration) *StopError {
	return &StopError{Reason: StopOutOfReach, Message: fmt.Sprintf("no call got through to the server for %s: %s", patience.Round(time.Second), a.Words),
		Hint: "check --server, the network and the proxy settings, and run again to go on"}
}
