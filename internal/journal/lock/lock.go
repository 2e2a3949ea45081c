// Package lock makes sure that only one run at a time works for a company on a host, and records which journal the
// last one used and how it left it.
package lock

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"officeimporter/internal/journal"
)

// Claim describes the run that wants the lock. Paths may be relative.
type Claim struct {
	Server  string // the same server must always be spelled the same way
	Company string // DP-Company-ID; empty: the key's own
	Journal string
	Input   string
	Again   string // the command that continues the run
	Shared  bool   // the journal is a database's URL, which several processes of this host may use at once
}

// Lock is held by the one run for a server and company on this host. It doesn't work over a network file system or
// across hosts. Not for concurrent use.
type Lock struct {
	// JournalGone says that the last run may have left unknown rows in a journal that is gone. What it sent may still
	// arrive, so the first list of offices has to wait for a settle window.
	JournalGone bool

	flock  *flock.Flock
	shared bool
	path   string // of the file with the holder's Info
	info   Info
}

// Take takes the lock, in a folder that it creates if needed. Call it before opening the journal, which would create
// a journal that is gone. Errors: *HeldError, *UnsettledError, or the file system's. The lock files are never
// removed, because then two runs could lock two files of one name.
func Take(dir string, c Claim) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	base := filepath.Join(dir, lockName(c.Server, c.Company))
	l := &Lock{flock: flock.New(base + ".lock"), shared: c.Shared, path: base + ".json"}
	ok, err := l.try()
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if !ok {
		last, _ := readInfo(l.path) // best effort: it is only for the message
		return nil, &HeldError{Info: last}
	}
	if err := l.take(c); err != nil {
		return nil, errors.Join(err, l.flock.Unlock())
	}
	return l, nil
}

func (l *Lock) try() (bool, error) {
	if l.shared {
		return l.flock.TryRLock()
	}
	return l.flock.TryLock()
}

// take checks what the last run has left, and records that this one is running.
func (l *Lock) take(c Claim) error {
	last, err := readInfo(l.path)
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	info, err := c.info()
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	if err := l.checkLast(last, info.Journal); err != nil {
		return err
	}
	info.JournalGone = l.JournalGone
	l.info = info
	if err := l.info.write(l.path); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// checkLast decides whether unsettled rows of the last run stand in the way.
func (l *Lock) checkLast(last Info, journal string) error {
	if !last.Unsettled || l.shared && last.Journal == journal {
		return nil
	}
	l.JournalGone = last.JournalGone
	info, err := os.Stat(last.Journal)
	if errors.Is(err, os.ErrNotExist) {
		l.JournalGone = true
		return nil
	}
	mine, _ := os.Stat(journal) // not there: it is another journal
	if err == nil && mine != nil && os.SameFile(info, mine) || settled(last.Journal) {
		return nil
	}
	return &UnsettledError{Last: last}
}

// settled reports whether a journal surely has no unknown row: then the last run was only cut short.
func settled(path string) bool {
	j, err := journal.Read(path)
	if err != nil {
		return false
	}
	defer j.Close()
	return j.Unsettled() == 0
}

func (c *Claim) info() (Info, error) {
	journal, err1 := c.Journal, error(nil)
	if !c.Shared {
		journal, err1 = filepath.Abs(c.Journal)
	}
	input, err2 := filepath.Abs(c.Input)
	host, err3 := os.Hostname()
	return Info{Server: c.Server, Company: c.Company, Journal: journal, Input: input, Again: c.Again, PID: os.Getpid(), Host: host,
		Started: time.Now().UTC().Truncate(time.Second), Unsettled: true}, errors.Join(err1, err2, err3)
}

// Release lets the next run in. unsettled says whether rows are unknown, or the run ended before the wait that
// JournalGone asks for. A second call does nothing.
func (l *Lock) Release(unsettled bool) error {
	if !l.flock.Locked() {
		return nil // by now the file may belong to another run
	}
	if l.shared && !l.isLast() { // others are still running; the last one records it
		return nil
	}
	l.info.Unsettled = unsettled
	if err := errors.Join(l.info.write(l.path), l.flock.Unlock()); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// isLast turns a shared lock into an exclusive one. If others hold it too, isLast only releases it and returns false.
func (l *Lock) isLast() bool {
	if l.flock.Unlock() != nil {
		return true
	}
	ok, err := l.flock.TryLock()
	return ok && err == nil
}

// lockName returns the same name for the same server and company: the readable part of them, and a hash of
// everything.
func lockName(server, company string) string {
	_, host, found := strings.Cut(server, "://")
	if !found {
		host = server
	}
	name := strings.Map(safeRune, strings.Trim(host+"-"+company, "-/"))
	sum := sha256.Sum256([]byte(server + "\x00" + company))
	return name[:min(len(name), 40)] + "-" + hex.EncodeToString(sum[:6])
}

func safeRune(r rune) rune {
	if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' {
		return r
	}
	return '-'
}
