package importer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/submit"
)

// lockPoll is how often a waiting run tries again.
const lockPoll = 500 * time.Millisecond

// takeLock takes the lock of a server and company. If another run holds it, it waits until the given time: several
// files of one company may be due at once.
func takeLock(ctx context.Context, log *slog.Logger, state string, until time.Time, claim lock.Claim) (*lock.Lock, error) {
	dir, err := stateFolder(state)
	if err != nil {
		return nil, err
	}
	told := lock.Info{}
	for {
		taken, err := lock.Take(dir, claim)
		var held *lock.HeldError
		if !errors.As(err, &held) || !time.Now().Before(until) {
			return taken, lockError(err)
		}
		if held.Info != told { // another run may have got it first
			told = held.Info
			log.Info(fmt.Sprintf("waiting up to %s: %v, for %s", time.Until(until).Round(time.Second), err, Printable(told.Input)), "process", told.PID, "file", told.Input)
		}
		if err := rest(ctx, min(lockPoll, time.Until(until))); err != nil {
			return nil, err
		}
	}
}

// rest sleeps until the time is over or the context ends.
func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &submit.StopError{Reason: submit.StopInterrupted, Message: "interrupted before anything was sent", Hint: "run again to go on"}
	}
}
