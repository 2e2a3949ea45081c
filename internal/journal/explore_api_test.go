package journal

import (
	"context"
	"crypto/sha256"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// Create makes a call as submit.Client does: slot, begin, gate, and then what
// the schedule says.
func (l *life) Create(ctx context.Context, body []byte, begin, _ func() error) (api.Answer, error) {
	digest := office.Digest(sha256.Sum256(body))
	who := l.scenario.of[digest]
	if !l.pause(stagger(who)) || ctx.Err() != nil {
		return api.Answer{}, context.Cause(ctx)
	}
	if err := l.leave(ctx, begin); err != nil {
		return api.Answer{}, err
	}
	all := l.scenario.fates()
	f := all[l.schedule.choose("create "+who, optionsOf(all))]
	if f.then == interruptedAtGate {
		l.stop()
		return api.Answer{}, ctx.Err()
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
func (l *life) exchange(who string, digest office.Digest, f *fate) (api.Answer, error) {
	if l.dead() {
		return api.Answer{}, errCrashed
	}
	r := l.file.sent(digest)
	l.mayLeave(who, r)
	a := api.Answer{Verdict: f.verdict, Status: f.status, Words: f.what, Sent: time.Now()}
	b := l.server.create(r.Office.Name, who, f.makes)
	took := latency
	switch {
	case f.then == crashes:
		l.crash()
	case f.then == interrupted:
		l.stop()
	case f.verdict == api.Ambiguous && f.status == 0:
		took = callTimeout
	case f.verdict == api.Throttled:
		a.RetryAfter = 2 * time.Second
	}
	if !l.pause(took) {
		l.server.over(b, false)
		return api.Answer{}, errCrashed
	}
	l.server.over(b, f.status != 0)
	if f.verdict == api.Throttled {
		l.limiter.Pause(time.Now().Add(a.RetryAfter))
	}
	if a.Ended = time.Now(); f.verdict == api.Accepted {
		a.Office = api.Listed{ID: b.id, Name: b.name, Country: "us"}
	}
	return a, nil
}

const latency = 211 * time.Millisecond

// sent is the row of the file that has the body.
func (f fileRows) sent(digest office.Digest) *office.Request {
	for _, r := range f {
		if r.Digest == digest {
			return r
		}
	}
	return nil
}
