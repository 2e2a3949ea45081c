package journal

import (
	"context"
	"crypto/sha256"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// Create makes a call like api.Client does: slot, begin, gate, and then whatever the schedule says.
func (l *modelRun) Create(ctx context.Context, body []byte, begin, _ func() error) (api.Answer, error) {
	digest := office.Digest(sha256.Sum256(body))
	who := l.scenario.of[digest]
	if !l.pause(stagger(who)) || ctx.Err() != nil {
		return api.Answer{}, context.Cause(ctx)
	}
	if err := l.waitToSend(ctx, begin); err != nil {
		return api.Answer{}, err
	}
	all := l.scenario.createResults()
	f := all[l.schedule.choose("create "+who, optionsOf(all))]
	if f.effect == interruptedAtGate {
		l.stop()
		return api.Answer{}, ctx.Err()
	}
	return l.exchange(who, digest, &f)
}

// stagger keeps workers and settling from acting at the same instant, so that a schedule is
// repeatable.
func stagger(who string) time.Duration {
	return time.Duration(who[0]-'A'+1) * 300 * time.Microsecond
}

func (l *modelRun) waitToSend(ctx context.Context, begin func() error) error {
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
func (l *modelRun) exchange(who string, digest office.Digest, f *createResult) (api.Answer, error) {
	if l.dead() {
		return api.Answer{}, errCrashed
	}
	r := l.file.sent(digest)
	l.mayLeave(who, r)
	a := api.Answer{Verdict: f.verdict, Status: f.status, Words: f.what, Sent: time.Now()}
	b := l.server.create(r.Office.Name, who, f.makes)
	took := latency
	switch {
	case f.effect == crashes:
		l.crash()
	case f.effect == interrupted:
		l.stop()
	case f.verdict == api.Ambiguous && f.status == 0:
		took = callTimeout
	case f.verdict == api.Throttled:
		a.RetryAfter = 2 * time.Second
	}
	if !l.pause(took) {
		l.server.callEnded(b, false)
		return api.Answer{}, errCrashed
	}
	l.server.callEnded(b, f.status != 0)
	if f.verdict == api.Throttled {
		l.limiter.Pause(time.Now().Add(a.RetryAfter))
	}
	if a.Ended = time.Now(); f.verdict == api.Accepted {
		a.Office = api.Listed{ID: b.id, Name: b.name, Country: "us"}
	}
	return a, nil
}

const latency = 211 * time.Millisecond

// sent returns the row of the file with this body.
func (f fileRows) sent(digest office.Digest) *office.Request {
	for _, r := range f {
		if r.Digest == digest {
			return r
		}
	}
	return nil
}
