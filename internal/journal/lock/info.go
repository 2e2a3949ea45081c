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

// Info says who holds a lock, or held it last. It is kept in a file next to the lock, because on Windows nobody can
// read a locked file.
type Info struct {
	Server      string    `json:"server"` // as typed after --server
	Company     string    `json:"company,omitempty"`
	Journal     string    `json:"journal"` // absolute path
	Input       string    `json:"input"`   // absolute path
	Again       string    `json:"again"`   // the command that continues the run
	PID         int       `json:"pid"`
	Host        string    `json:"host"`
	Started     time.Time `json:"started"`
	Unsettled   bool      `json:"unsettled"`              // it is running, or left unknown rows, or was killed
	JournalGone bool      `json:"journal_gone,omitempty"` // it had to wait for what an earlier run may have sent
}

// HeldError says that another run is under way.
type HeldError struct {
	Info Info // what is known about it; PID is 0 if nothing is
}

// Error says who holds the lock, since when, and with which journal.
func (e *HeldError) Error() string {
	info := e.Info
	if info.PID == 0 {
		return "another run for this company is under way"
	}
	return fmt.Sprintf("another run for this company is under way: process %d on %s since %s, with journal %s",
		info.PID, info.Host, info.Started.Format(time.RFC3339), info.Journal)
}

// UnsettledError says that the last run for the company used another journal than this run and left rows in it that
// may have become offices.
type UnsettledError struct {
	Last Info
}

// Error names the journal that has to be settled first.
func (e *UnsettledError) Error() string {
	return fmt.Sprintf("the last run for this company may have left rows unknown, in journal %s: settle them first", e.Last.Journal)
}

// Command returns the command that settles it.
func (e *UnsettledError) Command() string { return e.Last.Again }

// readInfo returns the zero Info if there is no file.
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

// write replaces the file atomically and durably.
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
