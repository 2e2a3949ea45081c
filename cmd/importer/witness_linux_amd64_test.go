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

// witness watches the program import a file of offices. It knows what would be left
// of the journal after a power cut, and so whether each request is sent only once its
// Begin is on disk.
type witness struct {
	*crash
	journal  string
	onStep   func(*step) action // what happens at a step
	told     int                // bytes in the journal at the start
	synced   int                // bytes that survive a power cut
	named    bool               // whether its name survives a power cut
	syncing  int                // bytes that the sync under way will save
	broken   bool               // a write or sync of the journal failed
	sent     map[string]int     // how often each row was sent
	steps    []*step            // steps that were done
	breaches []string           // broken promises
}

func newWitness(t *testing.T, c *crash) *witness {
	t.Helper()
	w := &witness{crash: c, journal: c.journal(t), sent: map[string]int{}, onStep: func(*step) action { return action{} }}
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

// watch runs the program until it ends. The status is -1 if it was killed.
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

// see is called at each system call.
func (w *witness) see(c *call) action {
	s := folder(w.dir).stepOf(c)
	if s == nil {
		return action{}
	}
	if c.done {
		w.steps = append(w.steps, s)
	}
	switch {
	case s.on == "journal":
		w.seeJournal(s)
	case s.on == "smaller" && s.call.number == syscall.SYS_RENAMEAT && s.call.done && s.call.result == 0:
		w.told, w.synced = w.size(), w.size() // the new file was on disk before it got its name
	case s.on == "folder" && c.done && c.result == 0:
		w.named = w.exists()
	case s.on == "network" && !c.done && bytes.HasPrefix(s.data, []byte("POST ")):
		w.seePost(s)
	}
	return w.onStep(s)
}

func (w *witness) exists() bool {
	_, err := os.Stat(w.journal)
	return err == nil
}

// seeJournal notes what is safe after a sync. After a failed write or sync nobody
// knows what is on disk, so the program must not write again.
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

// seePost checks that the row has a Begin on disk for each request.
func (w *witness) seePost(s *step) {
	row := nameInBody.Find(s.data)
	w.sent[string(row)]++
	if begun := w.begun(row); row == nil || w.sent[string(row)] > begun {
		w.breaches = append(w.breaches, fmt.Sprintf("%s leaves the %d. time with %d Begins on disk", row, w.sent[string(row)], begun))
	}
}

// begun returns how many Begins of a row were written since the start and would
// survive a power cut.
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

// powerCut removes everything that was not synced.
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
