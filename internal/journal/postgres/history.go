package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Run is a process that has worked on the company's offices.
type Run struct {
	ID      int64      `json:"run"`
	Command string     `json:"command"`
	Program string     `json:"program"` // the program's version
	Host    string     `json:"host"`
	PID     int        `json:"pid"`
	User    string     `json:"user"`          // the operating system's
	DBUser  string     `json:"database_user"` // the database's
	Input   string     `json:"input"`
	SHA256  string     `json:"input_sha256"` // hex
	Started time.Time  `json:"started"`
	Ended   *time.Time `json:"ended,omitempty"` // nil: it is running, or dead
	State   string     `json:"state"`           // "at work", "ended", or "dead" (its lease has run out)
	Lapses  int        `json:"lapses"`          // how often it was out of touch for longer than its lease
	Sent    int        `json:"sent"`            // number of Begins
	Created int        `json:"created"`
	Unknown int        `json:"unknown"` // rows that it holds now
}

// RunHistory returns the latest runs of the company, the latest first, at most this many.
func (j *Journal) RunHistory(most int) (runs []Run, err error) {
	if j.company == 0 {
		return nil, nil
	}
	err = j.do("read the runs", func(ctx context.Context) error {
		rows, err := j.pool.Query(ctx, `SELECT run, command, program, host, pid, os_user, db_user, input, input_sha256, started, ended, state, lapses, sent, created, unknown
			FROM importer.audit_runs WHERE server = $1 AND company = $2 ORDER BY run DESC LIMIT $3`, j.options.Server, j.options.Company, most)
		if err != nil {
			return err
		}
		runs, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Run])
		return err
	})
	return runs, err
}
