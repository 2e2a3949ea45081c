package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/user"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"officeimporter/internal/office"
)

// Options say whose journal it is, and who opens it.
type Options struct {
	Server   string // as the caller spells it; compared byte by byte
	Company  string // DP-Company-ID; empty: the key's own
	Command  string // the subcommand
	Program  string // the program's version
	Input    string // the input file's path
	SHA256   string // hash of that file, in hex
	FileStem string // tells the rows of this file from those of the company's other files

	Lease    time.Duration // how long after this process's last sign of life another one may take over its rows
	Patience time.Duration // how long the database may be away before the run gives up
	Say      func(string)  // is told if the database is away; may be nil
}

// Journal is the journal of a company in a database. All methods are safe for concurrent use.
//
// While the database is away, its methods wait for up to Options.Patience. Then they return an error that wraps
// ErrJournal, and so does every Begin, Finish and Baseline from then on.
type Journal struct {
	ctx     context.Context // once it ends, calls wait only for stopPatience
	options Options
	name    string // the URL without its secrets
	secrets secrets
	pool    *pgxpool.Pool
	company int64 // 0: nothing was ever written for it

	run   int64 // 0: it is read-only
	lease lease
	seq   atomic.Int64
	stop  context.CancelFunc // stops the heartbeat
	beats sync.WaitGroup

	mu     sync.Mutex
	saidAt time.Time // when sayAway last said something
	err    error     // why nothing more can be written
	number int       // number of this run's baseline
	begun  map[office.Key]int
	runs   map[int]map[string]bool // baselines that were read
}

// Is reports whether a text is the URL of a database rather than the name of a file.
func Is(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// Name returns a database's URL without its password, to show it. If the text is not a URL, Name shows none of it.
func Name(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "postgres://..."
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	for _, secret := range []string{"password", "sslpassword"} {
		q.Del(secret)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Read opens the journal of a company for reading. It is empty if the tables or the company don't exist. Close it.
func Read(ctx context.Context, address string, o Options) (*Journal, error) {
	j, err := connect(ctx, address, o)
	if err != nil {
		return nil, err
	}
	err = j.do("read the journal", func(ctx context.Context) error {
		have, err := j.version(ctx)
		if err != nil || have == 0 {
			return err
		}
		if have != version {
			return &VersionError{have}
		}
		err = j.pool.QueryRow(ctx, `SELECT id FROM importer.companies WHERE server = $1 AND company = $2`, o.Server, o.Company).Scan(&j.company)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		j.pool.Close()
		return nil, err
	}
	return j, nil
}

// Open opens the journal of a company for writing, creates the tables if there are none, and starts the heartbeat.
// Close it.
func Open(ctx context.Context, address string, o Options) (*Journal, error) {
	j, err := connect(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err = j.do("make the tables", j.migrate); err == nil {
		err = j.do("start the run", j.register)
	}
	if err != nil {
		j.pool.Close()
		return nil, err
	}
	beating, stop := context.WithCancel(context.Background())
	j.stop = stop
	j.beats.Go(func() { j.beat(beating) })
	return j, nil
}

func connect(ctx context.Context, address string, o Options) (*Journal, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil { // err may contain the password
		return nil, fmt.Errorf("%w: the URL is not like postgres://user@host:5432/database?sslmode=verify-full", ErrJournal)
	}
	config.MaxConns = 12
	config.MaxConnIdleTime = time.Minute
	config.ConnConfig.ConnectTimeout = cmp.Or(config.ConnConfig.ConnectTimeout, callTimeout)
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "office-importer"
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
	j := &Journal{ctx: ctx, options: o, name: Name(address), secrets: secretsOf(address, &config.ConnConfig.Config),
		lease: lease{length: o.Lease, margin: o.Lease / 3}, begun: map[office.Key]int{}, runs: map[int]map[string]bool{}}
	if j.pool, err = pgxpool.NewWithConfig(context.Background(), config); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJournal, j.secrets.clean(err))
	}
	return j, nil
}

// register adds the company, and this process as a run of it.
func (j *Journal) register(ctx context.Context) error {
	o, host, name := &j.options, "", ""
	host, _ = os.Hostname() // for a person to read
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	asked := time.Now()
	err := pgx.BeginFunc(ctx, j.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO importer.companies (server, company) VALUES ($1, $2) ON CONFLICT DO NOTHING`, o.Server, o.Company)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT id FROM importer.companies WHERE server = $1 AND company = $2`, o.Server, o.Company).Scan(&j.company); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO importer.quotas (company) VALUES ($1) ON CONFLICT DO NOTHING`, j.company); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `INSERT INTO importer.runs (company, command, program, host, pid, os_user, input, input_sha256, book, lease_until)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + $10) RETURNING id`,
			j.company, o.Command, o.Program, host, os.Getpid(), name, text(o.Input), o.SHA256, text(o.FileStem), o.Lease).Scan(&j.run)
	})
	if err == nil {
		j.lease.renewed(asked, true)
	}
	return err
}

// beat renews the lease until the journal is closed.
func (j *Journal) beat(ctx context.Context) {
	tick := time.NewTicker(j.options.Lease / 6)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			j.renew(ctx)
		}
	}
}

// renew tries once; the next beat tries again.
func (j *Journal) renew(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, j.options.Lease/3)
	defer cancel()
	var whole bool
	asked := time.Now()
	if j.pool.QueryRow(ctx, `SELECT importer.renew($1, $2)`, j.run, j.options.Lease).Scan(&whole) == nil {
		j.lease.renewed(asked, whole)
	}
}

// Close ends the run, so that others may settle at once what it leaves unknown. It may be called twice.
func (j *Journal) Close() error {
	if j.stop != nil {
		j.stop()
		j.beats.Wait()
		j.stop = nil
		if err := j.do("end the run", func(ctx context.Context) error {
			_, err := j.pool.Exec(ctx, `UPDATE importer.runs SET ended = clock_timestamp() WHERE id = $1`, j.run)
			return err
		}); err != nil {
			j.pool.Close()
			return err
		}
	}
	j.pool.Close()
	return nil
}

// Path returns the database's URL without its secrets.
func (j *Journal) Path() string { return j.name }

// text returns the text as PostgreSQL can store it: valid UTF-8 without NUL.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
