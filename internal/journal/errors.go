package journal

import (
	"errors"
	"fmt"
)

// ErrJournal is wrapped by every error of Begin, Finish and Baseline after which nothing more may be sent, because
// the journal couldn't record it.
var ErrJournal = errors.New("the journal can't be written")

var (
	errReadOnly = errors.New("it was opened to be read")
	errClosed   = errors.New("it is closed")
	errDropped  = errors.New("a list of offices is asked for that was taken out when the journal was compacted")
	errKey      = errors.New("the row's key is not UTF-8")
)

// MismatchError says that a journal belongs to another server, company or primary office, so its offices are not
// those that this run would find.
type MismatchError struct {
	Path  string
	What  string // "server", "company" or "primary office"
	Have  string // the journal's
	Want  string // this run's
	Input string // the file that the journal was made for
}

// Error names both sides.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("journal %s: it is of %s %q (made for %s), this run is of %q: give another --journal", e.Path, e.What, e.Have, e.Input, e.Want)
}

// DamageError says that a journal can't be trusted. Nothing in it was changed.
type DamageError struct {
	Path string
	Line int    // counted from 1
	Why  string // what is wrong with the line
}

// Error names the line.
func (e *DamageError) Error() string {
	return fmt.Sprintf("journal %s: line %d %s; nothing was changed: put back a copy of the file from before the damage", e.Path, e.Line, e.Why)
}

// NotFileError says that the path of a journal leads to something that is not a regular file.
type NotFileError struct {
	Path   string
	Folder bool // otherwise a device, a pipe or a socket
}

// Error says what it is instead.
func (e *NotFileError) Error() string {
	if e.Folder {
		return fmt.Sprintf("journal %s: it is a folder: name a file in it", e.Path)
	}
	return fmt.Sprintf("journal %s: it is not a regular file but a device or a pipe, which can't keep a journal: name a file", e.Path)
}

// FormatError says that another version of the program wrote the journal.
type FormatError struct {
	Path   string
	Format int
}

// Error says which format this version knows.
func (e *FormatError) Error() string {
	return fmt.Sprintf("journal %s: it has format %d, this version knows format %d", e.Path, e.Format, format)
}

// InUseError says that another process has the journal open for writing.
type InUseError struct{ Path string }

// Error names the journal.
func (e *InUseError) Error() string {
	return fmt.Sprintf("journal %s: another run is using it", e.Path)
}
