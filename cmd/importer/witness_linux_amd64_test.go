package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
)

// witness watches the program work on a file of offices. It knows what of the
// journal would be left after a power cut, and so whether each request leaves
// only once its Begin is on disk.
type witness struct {
	*crash
	journal  string
	befall   func(*step) deed // what is to happen at a step
	told     int              // bytes that were in the journal before
	synced   int              // bytes of it that outlive a power cut
	named    bool             // its name does
	syncing  int
	broken   bool           // a write or a sync of the journal failed
	sent     map[string]int // how often each row left
	steps    []*step        // that were done
	breaches []string       // of promises
}

func newWitness(t *testing.T, c *crash) *witness {
	t.Helper()
	w := &witness{crash: c, journal: c.journal(t), sent: map[string]int{}, befall: func(*step) deed { return deed{} }}
	w.told = len(w.read(t))
	w.synced, w.named = w.told, w.told > 0
	return w
}

func (w *witness) read(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(w.journal)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return text
}

// watch runs the program to its end, whatever befalls it: -1 where it is killed.
func (w *witness) watch(t *testing.T) (status int, output string) {
	t.Helper()
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	command := w.command(exec.Command)
	command.Stdout, command.Stderr = said, said
	ended, err := trace(command, w.see)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(said.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range w.breaches {
		t.Errorf("%s; the program said:\n%s", breach, text)
	}
	return ended.ExitStatus(), string(text)
}

// see takes in a system call.
func (w *witness) see(c *call) deed {
	s := folder(w.dir).stepOf(c)
	if s == nil {
		return deed{}
	}
	if c.done {
		w.steps = append(w.steps, s)
	}
	switch {
	case s.on == "journal":
		w.seeJournal(s)
	case s.on == "smaller" && s.call.number == syscall.SYS_RENAMEAT && s.call.done && s.call.result == 0:
		w.told, w.synced = w.size(), w.size() // it was on disk before it got its name
	case s.on == "folder" && c.done && c.result == 0:
		w.named = w.exists()
	case s.on == "network" && !c.done && bytes.HasPrefix(s.data, []byte("POST ")):
		w.seePost(s)
	}
	return w.befall(s)
}

func (w *witness) exists() bool {
	_, err := os.Stat(w.journal)
	return err == nil
}

// seeJournal notes what a sync that works has made sure of. What fails makes
// all later writes worthless: nobody knows what is on disk.
func (w *witness) seeJournal(s *step) {
	number := s.call.number
	writes := number == syscall.SYS_PWRITE64 || number == syscall.SYS_FSYNC
	switch {
	case writes && w.broken && !s.call.done:
		w.breaches = append(w.breaches, "the journal is used after it failed: "+s.name())
	case writes && s.call.done && s.call.result < 0 && s.call.result != -int64(syscall.EINTR):
		w.broken = true
	case number == syscall.SYS_FSYNC && s.call.done:
		w.synced = w.syncing
	case number == syscall.SYS_FSYNC:
		w.syncing = w.size()
	}
}

func (w *witness) size() int {
	info, err := os.Stat(w.journal)
	if err != nil {
		return 0
	}
	return int(info.Size())
}

var nameInBody = regexp.MustCompile(`"name":"Branch \d+"`)

// seePost demands that as many Begins of the row are on disk as requests leave.
func (w *witness) seePost(s *step) {
	row := nameInBody.Find(s.data)
	w.sent[string(row)]++
	if begun := w.begun(row); row == nil || w.sent[string(row)] > begun {
		w.breaches = append(w.breaches, fmt.Sprintf("%s leaves the %d. time with %d Begins on disk", row, w.sent[string(row)], begun))
	}
}

// begun is how many Begins of a row were written since the start and would be
// left after a power cut.
func (w *witness) begun(row []byte) (n int) {
	text, err := os.ReadFile(w.journal)
	if err != nil || !w.named {
		return 0
	}
	for line := range bytes.Lines(text[w.told:w.synced]) {
		if firstKind(line) == 'B' && bytes.Contains(line, row) {
			n++
		}
	}
	return n
}

// powerCut takes away what a power cut might: all that no sync has made sure of.
func (w *witness) powerCut(t *testing.T) {
	t.Helper()
	err := error(nil)
	if !w.named {
		err = os.RemoveAll(w.journal)
	} else if w.exists() {
		err = os.Truncate(w.journal, int64(w.synced))
	}
	if err != nil {
		t.Fatal(err)
	}
}
