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
	Server  string // as the caller spells it; compared byte by byte
	Company string // DP-Company-ID; empty: the key's own
	Command string // the subcommand
	Program string // its version
	Input   string // the file
	SHA256  string // of the file, hex
	Book    string // what tells the rows of this file from those of another one of the company

	Lease    time.Duration // how long after this process's last sign of life another may take over what it holds
	Patience time.Duration // how long the database may be away before nothing more can be done
	Say      func(string)  // hears of it; may be nil
}

// Journal is the journal of a company in a database. All methods may be called
// concurrently.
//
// While the database is away, its methods wait, as long as Options.Patience
// says; then they return an error that wraps ErrLedger, and so does every
// Begin, Finish and Baseline from then on.
type Journal struct {
	ctx     context.Context // once it ends, the patience is short
	options Options
	name    string // the URL without its secrets
	secrets secrets
	pool    *pgxpool.Pool
	company int64 // 0: nothing was ever written of it

	run   int64 // 0: it is read only
	lease lease
	seq   atomic.Int64
	stop  context.CancelFunc // of the heartbeat
	beats sync.WaitGroup

	mu     sync.Mutex
	told   time.Time // when it was last said that the database is away
	err    error     // why nothing can be written any more
	number int       // of the run's baseline
	begun  map[office.Key]int
	runs   map[int]map[string]bool // baselines that were asked for
}

// Is says whether a text names a database rather than a file.
func Is(text string) bool {
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// Name is a database's URL as it may be shown: without a password. Where the
// text is no URL it shows nothing of it.
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

// Read opens the journal of a company to read it. Where the tables or the
// company are not there it is empty.
func Read(ctx context.Context, address string, o Options) (*Journal, error) {
	l, err := connect(ctx, address, o)
	if err != nil {
		return nil, err
	}
	err = l.do("read the journal", func(ctx context.Context) error {
		have, err := l.version(ctx)
		if err != nil || have == 0 {
			return err
		}
		if have != version {
			return &VersionError{have}
		}
		err = l.pool.QueryRow(ctx, `SELECT id FROM importer.companies WHERE server = $1 AND company = $2`, o.Server, o.Company).Scan(&l.company)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		l.pool.Close()
		return nil, err
	}
	return l, nil
}

// Open opens the journal of a company to write it, makes the tables where there
// are none, and starts to show that this process is alive. Close it.
func Open(ctx context.Context, address string, o Options) (*Journal, error) {
	l, err := connect(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err = l.do("make the tables", l.migrate); err == nil {
		err = l.do("start the run", l.register)
	}
	if err != nil {
		l.pool.Close()
		return nil, err
	}
	beating, stop := context.WithCancel(context.Background())
	l.stop = stop
	l.beats.Go(func() { l.beat(beating) })
	return l, nil
}

func connect(ctx context.Context, address string, o Options) (*Journal, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil { // its words may hold the password
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
	l := &Journal{ctx: ctx, options: o, name: Name(address), secrets: secretsOf(address, &config.ConnConfig.Config),
		lease: lease{length: o.Lease, margin: o.Lease / 3}, begun: map[office.Key]int{}, runs: map[int]map[string]bool{}}
	if l.pool, err = pgxpool.NewWithConfig(context.Background(), config); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJournal, l.secrets.clean(err))
	}
	return l, nil
}

// register adds the company, and this process as a run of it.
func (l *Journal) register(ctx context.Context) error {
	o, host, name := &l.options, "", ""
	host, _ = os.Hostname() // for a person to read
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	asked := time.Now()
	err := pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO importer.companies (server, company) VALUES ($1, $2) ON CONFLICT DO NOTHING`, o.Server, o.Company)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT id FROM importer.companies WHERE server = $1 AND company = $2`, o.Server, o.Company).Scan(&l.company); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO importer.quotas (company) VALUES ($1) ON CONFLICT DO NOTHING`, l.company); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `INSERT INTO importer.runs (company, command, program, host, pid, os_user, input, input_sha256, book, lease_until)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + $10) RETURNING id`,
			l.company, o.Command, o.Program, host, os.Getpid(), name, text(o.Input), o.SHA256, text(o.Book), o.Lease).Scan(&l.run)
	})
	if err == nil {
		l.lease.renewed(asked, true)
	}
	return err
}

// beat renews the lease until the ledger is closed.
func (l *Journal) beat(ctx context.Context) {
	tick := time.NewTicker(l.options.Lease / 6)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.renew(ctx)
		}
	}
}

// renew tries once; the next beat tries again.
func (l *Journal) renew(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, l.options.Lease/3)
	defer cancel()
	var whole bool
	asked := time.Now()
	if l.pool.QueryRow(ctx, `SELECT importer.renew($1, $2)`, l.run, l.options.Lease).Scan(&whole) == nil {
		l.lease.renewed(asked, whole)
	}
}

// Close ends the run: what it leaves unknown may be settled by others at once.
// It may be called twice.
func (l *Journal) Close() error {
	if l.stop != nil {
		l.stop()
		l.beats.Wait()
		l.stop = nil
		if err := l.do("end the run", func(ctx context.Context) error {
			_, err := l.pool.Exec(ctx, `UPDATE importer.runs SET ended = clock_timestamp() WHERE id = $1`, l.run)
			return err
		}); err != nil {
			l.pool.Close()
			return err
		}
	}
	l.pool.Close()
	return nil
}

// Path is the database as it may be shown.
func (l *Journal) Path() string { return l.name }

// text is one that PostgreSQL can hold.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
