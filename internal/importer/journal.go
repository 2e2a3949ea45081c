package importer

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/limit"
)

// Journal records what was sent and what became of it: in a file on this host, or in a database that several hosts
// share. Concurrent use is fine.
type Journal interface {
	submit.Journal
	Path() string // without a password
	Len() int
	Count(office.Outcome) int
	Unsettled() int
	Runs() int
	Compacted() time.Time // when old history was last removed; zero: never
	History(office.Key) ([]office.Record, error)
	Close() error
}

const (
	// sharedPoll is how often a run checks what other hosts have done.
	sharedPoll = 2 * time.Second
	// patience is how long a run waits for a database that is down.
	patience = 5 * time.Minute
	// readPatience is the same for commands that only read.
	readPatience = 30 * time.Second
)

// leaseOf returns how long after a process's last sign of life others may take over its rows: as long as a call may
// take, within limits.
func leaseOf(timeout time.Duration) time.Duration {
	return min(max(timeout, 15*time.Second), time.Minute)
}

// openJournal opens a journal for writing. The verb is the name of the command.
func (t *Target) openJournal(ctx context.Context, log *slog.Logger, verb, path string, h journal.Header) (Journal, error) {
	if !postgres.Is(path) {
		return asJournal(journal.Open(path, h))
	}
	o := databaseOptions(log, h, patience)
	o.Command, o.Program, o.Input, o.SHA256, o.Lease = verb, t.Program, h.Input, h.InputSHA256, leaseOf(t.Timeout)
	return asJournal(postgres.Open(ctx, path, o))
}

// readJournal reads a journal without changing it. One that doesn't exist is empty. A header without a server fits
// any file.
func readJournal(log *slog.Logger, path string, h journal.Header) (Journal, error) {
	switch {
	case !postgres.Is(path):
		return asJournal(readFile(path, h))
	case h.Server == "":
		return nil, ErrNoServer
	}
	return asJournal(postgres.Read(context.Background(), path, databaseOptions(log, h, readPatience)))
}

func databaseOptions(log *slog.Logger, h journal.Header, patience time.Duration) postgres.Options {
	return postgres.Options{Server: h.Server, Company: h.Company, FileStem: filepath.Base(Stem(h.Input)), Patience: patience,
		Say: func(text string) { log.Warn(text) }}
}

// asJournal avoids a non-nil Journal that holds a nil pointer.
func asJournal[J Journal](j J, err error) (Journal, error) {
	if err != nil {
		return nil, err
	}
	return j, nil
}

func readFile(path string, h journal.Header) (*journal.Journal, error) {
	if path == "" {
		return new(journal.Journal), nil
	}
	kept, err := journal.Read(path)
	if errors.Is(err, os.ErrNotExist) {
		return new(journal.Journal), nil
	}
	if err != nil || h.Server == "" {
		return kept, err
	}
	if err := kept.BelongsTo(h); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return kept, nil
}

// ownJournal returns the path of the company's journal next to the file. Older versions left the company out of the
// name: such a journal is still used.
func ownJournal(file string, s Server, company string) (string, error) {
	path := journalPath(file, s.Label, company)
	if company == "" || exists(path) {
		return path, nil
	}
	plain := journalPath(file, s.Label, "")
	old, err := journal.Read(plain)
	if errors.Is(err, os.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", err
	}
	if h := old.Header(); h.Server == s.URL.String() && h.Company == company {
		path = plain
	}
	return path, old.Close()
}

// limiter returns the limiter for the calls of this process. If the journal is shared, so is the limit. The caller
// calls closeIt.
func (t *Target) limiter(j Journal) (l *limit.Limiter, closeIt func(), err error) {
	shared, ok := j.(*postgres.Journal)
	if !ok {
		return limit.New(t.Rate, time.Minute), func() {}, nil
	}
	quota, err := shared.Quota(t.Timeout)
	if err != nil {
		return nil, nil, err
	}
	return limit.NewShared(t.Rate, time.Minute, quota), quota.Close, nil
}

// poll returns how often to check what other hosts have done; 0: there are none.
func poll(j Journal) time.Duration {
	if _, shared := j.(*postgres.Journal); shared {
		return sharedPoll
	}
	return 0
}

// ShownJournal returns a journal's path for messages, without a password.
func ShownJournal(path string) string {
	if postgres.Is(path) {
		return postgres.Name(path)
	}
	return path
}

// IsDatabase reports whether the path of a journal is a database.
func IsDatabase(path string) bool { return postgres.Is(path) }
