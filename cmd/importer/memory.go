package main

import (
	"context"
	"path/filepath"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/limit"
)

// memory is a journal: a file of this host, or one in a database that several
// hosts share.
type memory interface {
	submit.Journal
	Path() string // as it may be shown
	Len() int
	Count(office.Outcome) int
	Unsettled() int
	Runs() int
	Compacted() time.Time // when history was last taken out; zero: never
	History(office.Key) ([]office.Record, error)
	Close() error
}

const (
	// sharedPoll is how often a run looks what other processes have done.
	sharedPoll = 2 * time.Second
	// patience is how long a run waits for a database that is away.
	patience = 5 * time.Minute
	// readPatience is the same where nothing is at stake.
	readPatience = 30 * time.Second
)

// leaseOf is how long after its last sign of life a process's rows may be taken
// over: as long as a call may take, within bounds.
func leaseOf(timeout time.Duration) time.Duration {
	return min(max(timeout, 15*time.Second), time.Minute)
}

// visitor is who opens a database, and how.
func visitor(c console, verb string, h journal.Header, timeout time.Duration) postgres.Options {
	return postgres.Options{Server: h.Server, Company: h.Company, Command: verb, Program: version(), Input: h.Input, SHA256: h.InputSHA256,
		Book: filepath.Base(stem(h.Input)), Lease: leaseOf(timeout), Patience: patience, Say: func(text string) { c.say.Warn(text) }}
}

// openMemory opens a journal to go on with it.
func openMemory(ctx context.Context, c console, verb, path string, h journal.Header, timeout time.Duration) (memory, error) {
	if !postgres.Is(path) {
		journal, err := journal.Open(path, h)
		if err != nil {
			return nil, err
		}
		return journal, nil
	}
	shared, err := postgres.Open(ctx, path, visitor(c, verb, h, timeout))
	if err != nil {
		return nil, err
	}
	return shared, nil
}

// readMemory reads a journal without changing it; one that isn't there is
// empty. A header without a server takes any file.
func readMemory(say *voice, path string, h journal.Header) (memory, error) {
	if !postgres.Is(path) {
		journal, err := readJournal(path, h)
		if err != nil {
			return nil, err
		}
		return journal, nil
	}
	if h.Server == "" {
		return nil, fail("usage", "--server production", "a journal in a database has many companies: --server says whose")
	}
	shared, err := postgres.Read(context.Background(), path, postgres.Options{Server: h.Server, Company: h.Company, Book: filepath.Base(stem(h.Input)), Patience: readPatience, Say: func(text string) { say.Warn(text) }})
	if err != nil {
		return nil, err
	}
	return shared, nil
}

// limiter paces the calls of this process: by itself, or with all others that
// share its journal. Close gives back what that takes.
func (o *targetOptions) limiter(journal memory) (limiter *limit.Limiter, done func(), err error) {
	shared, ok := journal.(*postgres.Journal)
	if !ok {
		return limit.New(o.rate, time.Minute), func() {}, nil
	}
	quota, err := shared.Quota(o.timeout)
	if err != nil {
		return nil, nil, err
	}
	return limit.NewShared(o.rate, time.Minute, quota), quota.Close, nil
}

// poll is how often to look what others have done; 0: there are none.
func poll(journal memory) time.Duration {
	if _, shared := journal.(*postgres.Journal); shared {
		return sharedPoll
	}
	return 0
}

// shown is a journal's path as it may be shown.
func shown(path string) string {
	if postgres.Is(path) {
		return postgres.Name(path)
	}
	return path
}
