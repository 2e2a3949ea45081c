package report

import (
	"context"
	"crypto/sha256"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// fate is what becomes of a creation.
type fate struct {
	option
	verdict submit.Verdict
	status  int // 0: no answer comes
	makes   making
	then    effect
}

// effect is what a fate means for the process.
type effect int

const (
	goesOn effect = iota
	crashes
	interrupted       // Ctrl-C while the call is under way
	interruptedAtGate // Ctrl-C before it leaves
)

var fates = []fate{
	{option{what: "created"}, submit.Accepted, 200, made, goesOn},
	{option{"created, listed late", oneFault}, submit.Accepted, 200, madeLate, goesOn},
	{option{"no answer, made", oneFault}, submit.Ambiguous, 0, made, goesOn},
	{option{"no answer, made, listed late", oneFault}, submit.Ambiguous, 0, madeLate, goesOn},
	{option{"no answer, not made", oneFault}, submit.Ambiguous, 0, notMade, goesOn},
	{option{"503, made", oneFault}, submit.Ambiguous, 503, made, goesOn},
	{option{"503, made, listed late", oneFault}, submit.Ambiguous, 503, madeLate, goesOn},
	{option{"503, not made", oneFault}, submit.Ambiguous, 503, notMade, goesOn},
	{option{"2xx without an id, made", oneFault}, submit.Claimed, 200, made, goesOn},
	{option{"2xx without an id, made, listed late", oneFault}, submit.Claimed, 200, madeLate, goesOn},
	{option{"2xx without an id, not made", oneFault}, submit.Claimed, 200, notMade, goesOn},
	{option{"429", oneFault}, submit.Throttled, 429, notMade, goesOn},
	{option{"refused", oneFault}, submit.Rejected, 400, notMade, goesOn},
	{option{"denied", oneFault}, submit.Denied, 403, notMade, goesOn},
	{option{"key refused", oneFault}, submit.KeyRefused, 401, notMade, goesOn},
	{option{"redirected, made", oneFault}, submit.Redirected, 307, made, goesOn},
	{option{"redirected, not made", oneFault}, submit.Redirected, 307, notMade, goesOn},
	{option{"never written", oneFault}, submit.NotSent, 0, notMade, goesOn},
	{option{"interrupted before it leaves", oneFault}, 0, 0, notMade, interruptedAtGate},
	{option{"interrupted, created", oneFault}, submit.Accepted, 200, made, interrupted},
	{option{"crash, made", oneCrash}, 0, 0, made, crashes},
	{option{"crash, made, listed late", oneCrash}, 0, 0, madeLate, crashes},
	{option{"crash, not made", oneCrash}, 0, 0, notMade, crashes},
}

// tooLate are fates that break the assumption about the window.
var tooLate = []fate{
	{option{"no answer, made, listed after the window", oneFault}, submit.Ambiguous, 0, madeTooLate, goesOn},
	{option{"503, made, listed after the window", oneFault}, submit.Ambiguous, 503, madeTooLate, goesOn},
}

func (s *scenario) fates() []fate {
	if s.tooLate {
		return append(fates[:len(fates):len(fates)], tooLate...)
	}
	return fates
}

// Create makes a call as submit.Client does: slot, begin, gate, and then what
// the schedule says.
func (l *life) Create(ctx context.Context, body []byte, begin func() error) (submit.Answer, error) {
	digest := office.Digest(sha256.Sum256(body))
	who := l.scenario.of[digest]
	if !l.pause(stagger(who)) || ctx.Err() != nil {
		return submit.Answer{}, context.Cause(ctx)
	}
	if err := l.leave(ctx, begin); err != nil {
		return submit.Answer{}, err
	}
	all := l.scenario.fates()
	f := all[l.schedule.choose("create "+who, optionsOf(all))]
	if f.then == interruptedAtGate {
		l.stop()
		return submit.Answer{}, ctx.Err()
	}
	return l.exchange(who, digest, &f)
}

// stagger keeps workers and settling from doing something at the same instant,
// so that a schedule can be repeated.
func stagger(who string) time.Duration {
	return time.Duration(who[0]-'A'+1) * 300 * time.Microsecond
}

func (l *life) leave(ctx context.Context, begin func() error) error {
	slot, err := l.limiter.Take(ctx)
	if err != nil {
		return err
	}
	defer slot.Done(true)
	if err := begin(); err != nil {
		return err
	}
	return slot.Wait(ctx)
}

// exchange is the call itself.
func (l *life) exchange(who string, digest office.Digest, f *fate) (submit.Answer, error) {
	if l.dead() {
		return submit.Answer{}, errCrashed
	}
	r := l.file.sent(digest)
	l.mayLeave(who, r)
	a := submit.Answer{Verdict: f.verdict, Status: f.status, Words: f.what, Sent: time.Now()}
	b := l.server.create(r.Office.Name, who, f.makes)
	took := latency
	switch {
	case f.then == crashes:
		l.crash()
	case f.then == interrupted:
		l.stop()
	case f.verdict == submit.Ambiguous && f.status == 0:
		took = callTimeout
	case f.verdict == submit.Throttled:
		a.RetryAfter = 2 * time.Second
	}
	if !l.pause(took) {
		l.server.over(b, false)
		return submit.Answer{}, errCrashed
	}
	l.server.over(b, f.status != 0)
	if f.verdict == submit.Throttled {
		l.limiter.Pause(time.Now().Add(a.RetryAfter))
	}
	if a.Ended = time.Now(); f.verdict == submit.Accepted {
		a.Office = submit.Listed{ID: b.id, Name: b.name, Country: "us"}
	}
	return a, nil
}

const latency = 211 * time.Millisecond

// sent is the row of the file that has the body.
func (f sheet) sent(digest office.Digest) *office.Request {
	for _, r := range f {
		if r.Digest == digest {
			return r
		}
	}
	return nil
}

func optionsOf(all []fate) []option {
	options := make([]option, len(all))
	for i := range all {
		options[i] = all[i].option
	}
	return options
}
