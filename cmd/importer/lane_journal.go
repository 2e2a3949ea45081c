package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/journal/postgres"
)

// read opens all journals without changing them.
func (all lanes) read(say *voice) error {
	for _, l := range all {
		if err := l.read(say); err != nil {
			return all.in(l, err)
		}
	}
	return nil
}

func (l *lane) read(say *voice) (err error) {
	l.journal, err = readMemory(say, l.path, l.header)
	return err
}

// close gives all journals back. It may be called again.
func (all lanes) close() error {
	var errs []error
	for _, l := range all {
		if l.done != nil {
			l.done()
			l.done = nil
		}
		if l.journal != nil {
			errs = append(errs, l.journal.Close())
		}
	}
	return errors.Join(errs...)
}

// lock takes the locks of all companies, waiting so long for other runs, and
// reads their journals. Two runs take them in the same order, so that they
// can't wait for each other. Locks that were taken are to be released, whatever
// the error.
func (all lanes) lock(ctx context.Context, say *voice, wait time.Duration, j *job) error {
	until := time.Now().Add(wait)
	inOrder := slices.SortedFunc(slices.Values(all), func(a, b *lane) int { return strings.Compare(a.company, b.company) })
	for _, l := range inOrder {
		if err := l.take(ctx, say, time.Until(until), all.claim(l, j)); err != nil {
			return all.in(l, err)
		}
	}
	return nil
}

// claim says who takes a lock, and how to go on should this run leave unknown
// rows.
func (all lanes) claim(l *lane, j *job) lock.Claim {
	again := j.again(l.to)
	if !all.several() && !slices.Contains(j.repeated, "--journal") && !postgres.Is(l.path) {
		again += " --journal " + quoted(absolute(l.path))
	}
	return lock.Claim{Server: l.header.Server, Company: l.company, Journal: shown(l.path), Input: j.file, Again: again, Shared: postgres.Is(l.path)}
}

func (l *lane) take(ctx context.Context, say *voice, wait time.Duration, claim lock.Claim) (err error) {
	if !postgres.Is(l.path) {
		if err := usableJournal(l.path); err != nil {
			return journalError(err)
		}
	}
	if l.lock, err = takeLock(ctx, say, wait, claim); err != nil {
		return err
	}
	l.left = l.lock.JournalGone // until the journal tells
	if err := l.read(say); err != nil {
		l.left = l.left || !belongsElsewhere(err)
		return journalError(err)
	}
	l.left = l.left || l.journal.Unsettled() > 0
	return nil
}

// open opens all journals to go on with them, for a command that calls the API
// as the target says.
func (all lanes) open(ctx context.Context, c console, verb string, o *targetOptions) error {
	if err := all.close(); err != nil {
		return journalError(err)
	}
	for _, l := range all {
		var err error
		l.journal, err = openMemory(ctx, c, verb, l.path, l.header, o.timeout)
		if err == nil {
			l.limiter, l.done, err = o.limiter(l.journal)
		}
		if err != nil {
			return all.in(l, journalError(err))
		}
	}
	return nil
}

// settled notes what the run has left unknown, once it is over.
func (all lanes) settled() {
	for _, l := range all {
		l.left = l.journal.Unsettled() > 0 || l.lock.JournalGone && l.journal.Runs() == 0
	}
}

// release lets the next runs in.
func (all lanes) release() error {
	var errs []error
	for _, l := range all {
		if l.lock != nil {
			errs = append(errs, l.lock.Release(l.left))
		}
	}
	return errors.Join(errs...)
}
