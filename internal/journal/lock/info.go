package lock

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"officeimporter/internal/atomicfile"
)

// Info is who holds a lock, or held it last. It stands in a file beside the
// lock, as Windows lets nobody read what is locked.
type Info struct {
	Server      string    `json:"server"` // as it is typed behind --server
	Company     string    `json:"company,omitempty"`
	Journal     string    `json:"journal"` // absolute
	Input       string    `json:"input"`   // absolute
	Again       string    `json:"again"`   // what to type to go on with it
	PID         int       `json:"pid"`
	Host        string    `json:"host"`
	Started     time.Time `json:"started"`
	Unsettled   bool      `json:"unsettled"`              // it is at work, or it left unknown rows, or it ended without a word
	JournalGone bool      `json:"journal_gone,omitempty"` // it had to wait for what an earlier run may have sent
}

// HeldError says that another run is under way.
type HeldError struct {
	Info Info // what is known of it; PID is 0 where nothing is
}

// Error says who holds it, since when, and with which journal.
func (e *HeldError) Error() string {
	info := e.Info
	if info.PID == 0 {
		return "another run for this company is under way"
	}
	return fmt.Sprintf("another run for this company is under way: process %d on %s since %s, with journal %s",
		info.PID, info.Host, info.Started.Format(time.RFC3339), info.Journal)
}

// UnsettledError says that the last run for the company left rows of which
// nobody knows whether they became offices, in another journal than this run's.
type UnsettledError struct {
	Last Info
}

// Error names the journal that has to be settled first.
func (e *UnsettledError) Error() string {
	return fmt.Sprintf("the last run for this company may have left rows unknown, in journal %s: settle them first", e.Last.Journal)
}

// Command is what to type to settle it.
func (e *UnsettledError) Command() string { return e.Last.Again }

// readInfo is the zero Holder where there is no file.
func readInfo(path string) (Info, error) {
	var info Info
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return info, nil
	}
	if err != nil {
		return info, err
	}
	if err := json.Unmarshal(text, &info); err != nil {
		return info, fmt.Errorf("%s: %w", path, err)
	}
	return info, nil
}

// write replaces the file at once, and durably.
func (info *Info) write(path string) error {
	text, err := json.MarshalIndent(info, "", "  ")
	if err != nil {
		return err
	}
	t, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	if _, err := t.Write(append(text, '\n')); err != nil {
		return errors.Join(err, t.Abort())
	}
	return t.Commit()
}
