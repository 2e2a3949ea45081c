package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrJournal is wrapped by every error after which nothing more may be sent, because the database couldn't record it.
var ErrJournal = errors.New("the database can't remember what happens")

var (
	errLapsed   = errors.New("this process was out of touch with the database for longer than its lease")
	errReadOnly = errors.New("it was opened to be read")
	errText     = errors.New("the row's key or name is not UTF-8, or has a NUL in it")
)

// MismatchError says that the journal belongs to another company: its primary office is another one.
type MismatchError struct {
	Have, Want string // ids of the primary office: the journal's, and the one in the list
}

// Error names both primary offices.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("the journal is of a company with the primary office %s, the list has %s: is it the right key, or --company?", e.Have, e.Want)
}

// VersionError says that another version of the program created the tables.
type VersionError struct{ Have int }

// Error says which version this program knows.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the tables have version %d, this program knows version %d: use the program that is newer", e.Have, version)
}

// secrets are texts that no error may show.
type secrets []string

// secretsOf returns the password of a URL, as it is written there and as it is meant.
func secretsOf(text string, config *pgconn.Config) (s secrets) {
	if config != nil && config.Password != "" {
		s = append(s, config.Password, url.QueryEscape(config.Password), url.PathEscape(config.Password), url.UserPassword("", config.Password).String()[1:])
	}
	if _, rest, found := strings.Cut(text, "://"); found {
		user, _, _ := strings.Cut(rest, "@")
		if _, password, given := strings.Cut(user, ":"); given && password != "" {
			s = append(s, password)
		}
	}
	return s
}

func (s secrets) redact(text string) string {
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, "...")
	}
	return text
}

// redactedError is an error with its secrets removed from the message. It still wraps the original.
type redactedError struct {
	error
	words string
}

func (e *redactedError) Error() string { return e.words }
func (e *redactedError) Unwrap() error { return e.error }

func (s secrets) clean(err error) error {
	if err == nil {
		return nil
	}
	words := strings.Join(strings.Fields(s.redact(err.Error())), " ")
	return &redactedError{err, words}
}

// transient reports whether a call may work if it is made again: the database is restarting, out of reach or
// overloaded. Appendix A of PostgreSQL's manual lists the SQLSTATE classes.
func transient(err error) bool {
	var sql *pgconn.PgError
	if !errors.As(err, &sql) {
		return true // a network error
	}
	switch sql.Code[:min(2, len(sql.Code))] {
	case "08", "40", "53", "57", "58": // connection, rollback, resources, operator, system
		return true
	}
	return sql.Code == "25006" // read-only: it just became a standby, or still is one
}
