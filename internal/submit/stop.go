package submit

import (
	"fmt"
	"sync/atomic"
	"time"

	"officeimporter/internal/submit/api"
)

// StopReason names why a run ended early, for programs to read.
type StopReason string

// The reasons to stop. Running again continues from there.
const (
	StopKey         StopReason = "key_refused"
	StopRedirect    StopReason = "redirected"
	StopDenied      StopReason = "denied"
	StopOutOfReach  StopReason = "out_of_reach"
	StopThrottled   StopReason = "throttled"
	StopNoList      StopReason = "no_list"
	StopJournal     StopReason = "journal"
	StopAlike       StopReason = "refused_alike"
	StopUnknowns    StopReason = "unknown_in_a_row"
	StopFailures    StopReason = "too_many_failures"
	StopFirst       StopReason = "first"
	StopCanary      StopReason = "canary"
	StopInterrupted StopReason = "interrupted"
	StopInput       StopReason = "input"
)

// StopError says why a run ended early. Rows that were not sent are pending.
type StopError struct {
	Reason  StopReason
	Message string
	Hint    string // what the user can do; may be empty
	Err     error  // the cause; may be nil
}

// Error returns the message.
func (e *StopError) Error() string { return e.Message }

// Unwrap returns the cause, or nil.
func (e *StopError) Unwrap() error { return e.Err }

const (
	maxAttempts      = 5  // attempts of one row without an answer that counts
	maxInARow        = 20 // refusals with the same message, or unknowns
	maxBackoff       = 30 * time.Second
	maxBadLists      = 5 // lists in a row
	patienceTimeouts = 5 // the run ends after this many time-outs without a call getting through: 5 minutes at 60 s
)

// streaks notices when every row fails the same way. Not for concurrent use.
type streaks struct {
	unknowns int
	refusals int
	words    string // the message of the refusals
}

// count counts the outcome of an attempt. It returns why the run should stop, or nil.
func (s *streaks) count(a *api.Answer) *StopError {
	switch a.Verdict {
	case api.Accepted:
		s.unknowns, s.refusals = 0, 0
	case api.Rejected, api.Denied:
		s.unknowns = 0
		return s.refusal(a)
	case api.Ambiguous, api.Claimed:
		s.refusals = 0
		return s.unknown(a)
	}
	return nil
}

func (s *streaks) refusal(a *api.Answer) *StopError {
	if a.Words != s.words {
		s.refusals, s.words = 0, a.Words
	}
	if s.refusals++; s.refusals < maxInARow {
		return nil
	}
	return &StopError{Reason: StopAlike, Message: fmt.Sprintf("the server refused %d rows in a row with the same words, the rest would fare alike: HTTP %d: %s", s.refusals, a.Status, a.Words)}
}

func (s *streaks) unknown(a *api.Answer) *StopError {
	if s.unknowns++; s.unknowns < maxInARow {
		return nil
	}
	said := a.Words
	if a.Status != 0 {
		said = fmt.Sprintf("HTTP %d: %s", a.Status, a.Words)
	}
	return &StopError{Reason: StopUnknowns, Message: fmt.Sprintf("%d calls in a row had no answer that tells what came of them, the rest would fare alike: %s", s.unknowns, said),
		Hint: "run again once the server answers: it first finds out what became of these rows"}
}

// NoList returns the reason to stop if the list of offices fails: without it nothing is sent.
func NoList(e *api.ListError) *StopError {
	if why := fatal(&e.Answer); why != nil {
		return why
	}
	reason, hint := StopNoList, "check that --server is the API's address, and what stands between (a proxy, a firewall)"
	if e.Answer.Verdict == api.NotSent {
		reason, hint = StopOutOfReach, "check --server, the network and the proxy settings"
	}
	return &StopError{Reason: reason, Message: e.Error() + "; without it nothing is sent", Hint: hint, Err: e}
}

// fatal returns the reason to stop if every row would get the same answer, or else nil.
func fatal(a *api.Answer) *StopError {
	switch {
	case !a.Hopeless():
		return nil
	case a.Verdict == api.KeyRefused:
		return &StopError{Reason: StopKey, Message: "the server refused the API key: " + a.Words, Hint: "check DIALPAD_API_KEY, and that the key is for this server"}
	case a.Verdict == api.Redirected:
		return &StopError{Reason: StopRedirect, Message: fmt.Sprintf("the server redirected the call (HTTP %d), which is never followed", a.Status), Hint: "check --server"}
	case a.Verdict == api.Denied:
		return &StopError{Reason: StopDenied, Message: fmt.Sprintf("the server denied the call (HTTP %d): %s", a.Status, a.Words), Hint: "the key may need an administrator's rights, or --company"}
	case a.TooLong():
		return &StopError{Reason: StopThrottled, Message: fmt.Sprintf("the server asks to wait %s", a.RetryAfter.Round(time.Second)), Hint: "run again after that"}
	}
	return &StopError{Reason: StopThrottled, Message: fmt.Sprintf("the server was too busy for %d pauses in a row", a.Pauses), Hint: "another program may use up the company's limit: try a lower --rate"}
}

// Failures limits how many rows may be refused in one run. The submitters of several companies may share it. A nil
// *Failures sets no limit. It is safe for concurrent use.
type Failures struct {
	most    int64
	refused atomic.Int64
}

// NewFailures allows this many refused rows. 0 returns nil: no limit.
func NewFailures(most int) *Failures {
	if most == 0 {
		return nil
	}
	return &Failures{most: int64(most)}
}

// count counts the outcome of an attempt. It returns why the run should stop, or nil.
func (f *Failures) count(a *api.Answer) *StopError {
	if f == nil || a.Verdict != api.Rejected && a.Verdict != api.Denied {
		return nil
	}
	refused := f.refused.Add(1)
	if refused <= f.most {
		return nil
	}
	return &StopError{Reason: StopFailures, Message: fmt.Sprintf("%d rows were refused, more than --max-failures allows", refused)}
}

func (s *Submitter) stoppedBy() *StopError {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}
