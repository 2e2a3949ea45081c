package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrJournal is wrapped by every error after which nothing more may be sent:
// what happens could not be remembered.
var ErrJournal = errors.New("the database can't remember what happens")

var (
	errLapsed   = errors.New("this process was out of touch with the database for longer than its lease")
	errReadOnly = errors.New("it was opened to be read")
	errText     = errors.New("the row's key or name is not UTF-8, or has a NUL in it")
)

// MismatchError says that the company's journal is of another company after all.
type MismatchError struct {
	Have, Want string // ids of the primary office: the journal's, and the one in the list
}

// Error names both.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("the journal is of a company with the primary office %s, the list has %s: is it the right key, or --company?", e.Have, e.Want)
}

// VersionError says that another version of the program has made the tables.
type VersionError struct{ Have int }

// Error says which version is known.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the tables have version %d, this program knows version %d: use the program that is newer", e.Have, version)
}

// secrets are texts that no error may show.
type secrets []string

// secretsOf are the password of a URL, as it stands in it and as it is meant.
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

// hide takes the secrets out of a text.
func (s secrets) redact(text string) string {
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, "...")
	}
	return text
}

// hiddenError is an error whose words were cleaned; its kind can still be asked for.
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

// passing says that an error may be gone if the call is made again: the
// database is restarting, out of reach or overloaded. SQLSTATE classes are in
// PostgreSQL's manual, appendix A.
func transient(err error) bool {
	var sql *pgconn.PgError
	if !errors.As(err, &sql) {
		return true // the network's
	}
	switch sql.Code[:min(2, len(sql.Code))] {
	case "08", "40", "53", "57", "58": // connection, rollback, resources, operator, system
		return true
	}
	return sql.Code == "25006" // read only: it has just become, or still is, a standby
}
