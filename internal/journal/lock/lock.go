// Package lock lets one run at a time work for a company on a host, and
// remembers which journal the last one used and how it left it.
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

// Claim is what a run wants to work on. Paths may be relative.
type Claim struct {
	Server  string // the same server must always be spelled alike
	Company string // DP-Company-ID; empty: the key's own
	Journal string
	Input   string
	Again   string // what to type to go on with the run
	Shared  bool   // the journal is a database's URL, which processes of this host may use at once
}

// Lock is held by the one run for a server and company on this host. Over a
// network file system, or on several hosts, it protects nothing.
type Lock struct {
	// JournalGone says that the last run may have left unknown rows, in a
	// journal that is gone: what it sent may still arrive, so the first list
	// of offices has to wait a settle window.
	JournalGone bool

	flock  *flock.Flock
	shared bool
	path   string // of the holder's file
	info   Info
}

// Take takes the lock, in a folder that is made if need be. Take it before
// the journal is opened, which would create a journal that is gone. Errors:
// *HeldError, *UnsettledError, or what the file system says. The files stay:
// taking them away could let two runs lock two files of one name.
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
		last, _ := readInfo(l.path) // who it is is good to know, and no more
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

// take looks at what the last run has left, and writes that this one is on.
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

// inherit judges what the last run has left unsettled.
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
	mine, _ := os.Stat(journal) // none: it is another one
	if err == nil && mine != nil && os.SameFile(info, mine) || settled(last.Journal) {
		return nil
	}
	return &UnsettledError{Last: last}
}

// settled says whether a journal tells for sure that no row is unknown: then
// the last run was only cut short.
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

// Release lets the next run in. Unsettled says whether rows are unknown, or
// the run ended before the wait that JournalGone asks for. A second call does
// nothing.
func (l *Lock) Release(unsettled bool) error {
	if !l.flock.Locked() {
		return nil // by now the file may be another run's
	}
	if l.shared && !l.isLast() { // the others are not done: the last one tells
		return nil
	}
	l.info.Unsettled = unsettled
	if err := errors.Join(l.info.write(l.path), l.flock.Unlock()); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// alone makes a shared lock one that nobody else holds; where others hold it,
// it lets go of it, and is false.
func (l *Lock) isLast() bool {
	if l.flock.Unlock() != nil {
		return true
	}
	ok, err := l.flock.TryLock()
	return ok && err == nil
}

// lockName is the same for the same server and company: what a person can
// read of it, and a digest of all of it.
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
