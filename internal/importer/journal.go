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

// Journal is what must not be forgotten: a file of this host, or rows of a
// database that several hosts share.
type Journal interface {
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

// openJournal opens a journal to go on with it, for a command of that name.
func (t *Target) openJournal(ctx context.Context, log *slog.Logger, verb, path string, h journal.Header) (Journal, error) {
	if !postgres.Is(path) {
		return orNone(journal.Open(path, h))
	}
	o := databaseOptions(log, h, patience)
	o.Command, o.Program, o.Input, o.SHA256, o.Lease = verb, t.Program, h.Input, h.InputSHA256, leaseOf(t.Timeout)
	return orNone(postgres.Open(ctx, path, o))
}

// readJournal reads a journal without changing it; one that isn't there is
// empty. A header without a server takes any file.
func readJournal(log *slog.Logger, path string, h journal.Header) (Journal, error) {
	switch {
	case !postgres.Is(path):
		return orNone(readFile(path, h))
	case h.Server == "":
		return nil, ErrNoServer
	}
	return orNone(postgres.Read(context.Background(), path, databaseOptions(log, h, readPatience)))
}

func databaseOptions(log *slog.Logger, h journal.Header, patience time.Duration) postgres.Options {
	return postgres.Options{Server: h.Server, Company: h.Company, Book: filepath.Base(Stem(h.Input)), Patience: patience,
		Say: func(text string) { log.Warn(text) }}
}

// orNone is a journal, or nil where there was an error.
func orNone[J Journal](j J, err error) (Journal, error) {
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

// ownJournal is the path of the company's own journal next to the file. One
// under the name without the company, as a run with a company once called it,
// is gone on with.
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

// limiter paces the calls of this process: by itself, or with all others that
// share its journal. Close gives back what that takes.
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

// poll is how often to look what others have done; 0: there are none.
func poll(j Journal) time.Duration {
	if _, shared := j.(*postgres.Journal); shared {
		return sharedPoll
	}
	return 0
}

// ShownJournal is a journal's path as it may be shown.
func ShownJournal(path string) string {
	if postgres.Is(path) {
		return postgres.Name(path)
	}
	return path
}

// IsDatabase says whether the path of a journal names a database.
func IsDatabase(path string) bool { return postgres.Is(path) }
