package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/report"
)

// read opens all journals without changing them.
func (all lanes) read() error {
	for _, l := range all {
		if err := l.read(); err != nil {
			return all.in(l, err)
		}
	}
	return nil
}

func (l *lane) read() (err error) {
	l.journal, err = readJournal(l.path, l.header)
	return err
}

// close gives all journals back. It may be called again.
func (all lanes) close() error {
	var errs []error
	for _, l := range all {
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
func (all lanes) claim(l *lane, j *job) report.Claim {
	again := j.again(l.to)
	if !all.several() && !slices.Contains(j.repeated, "--journal") {
		again += " --journal " + quoted(absolute(l.path))
	}
	return report.Claim{Server: l.header.Server, Company: l.company, Journal: l.path, Input: j.file, Again: again}
}

func (l *lane) take(ctx context.Context, say *voice, wait time.Duration, claim report.Claim) (err error) {
	if info, err := os.Stat(l.path); err == nil && info.IsDir() {
		return journalError(fmt.Errorf("%s is a folder", l.path))
	}
	if l.lock, err = takeLock(ctx, say, wait, claim); err != nil {
		return err
	}
	l.left = l.lock.JournalGone // until the journal tells
	if err := l.read(); err != nil {
		l.left = l.left || !belongsElsewhere(err)
		return journalError(err)
	}
	l.left = l.left || l.journal.Unsettled() > 0
	return nil
}

// open opens all journals to go on with them.
func (all lanes) open() error {
	if err := all.close(); err != nil {
		return journalError(err)
	}
	for _, l := range all {
		var err error
		if l.journal, err = report.OpenJournal(l.path, l.header); err != nil {
			l.journal = nil
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
