package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"officeimporter/internal/office"
)

// writeWasteful writes a journal that the next run compacts: two lists of many offices that nobody
// needs any more, and two rows.
func writeWasteful(t testing.TB, path string) (size int64) {
	t.Helper()
	j := openFile(t, path)
	addWaste(t, j)
	mustBegin(t, j, unknown("a"))
	mustFinish(t, j, created("a", "1"))
	mustBegin(t, j, unknown("b"))
	mustClose(t, j)
	return sizeOf(t, path)
}

// addWaste adds lists of offices that nobody needs.
func addWaste(t testing.TB, j *Journal) {
	t.Helper()
	ids := make([]string, 120_000)
	for i := range ids {
		ids[i] = fmt.Sprint(5068549370000000 + i)
	}
	for range 2 {
		if _, err := j.Baseline("1", ids); err != nil {
			t.Fatal(err)
		}
	}
}

func sizeOf(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// wantKept checks the rows of a wasteful journal, and that it can be continued.
func wantKept(t *testing.T, path string, compacted bool) {
	t.Helper()
	j := openFile(t, path)
	defer mustClose(t, j)
	wantOutcome(t, j, "a", office.Created)
	wantOutcome(t, j, "b", office.Unknown)
	if j.Runs() != 2 || j.Compacted().IsZero() == compacted {
		t.Errorf("%d runs, compacted at %v; want 2, compacted: %v", j.Runs(), j.Compacted(), compacted)
	}
	mustBegin(t, j, unknown("later"))
	read, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, read)
	wantOutcome(t, read, "later", office.Unknown)
}

// leftoverFiles returns temporary files next to the journal.
func leftoverFiles(t *testing.T, path string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAWastefulJournalIsCompacted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	before := writeWasteful(t, path)
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	read, err := Read(path) // opened before the compaction
	if err != nil {
		t.Fatal(err)
	}
	wantKept(t, path, true)
	if after := sizeOf(t, path); after > 2000 || before < compactFrom {
		t.Errorf("%d bytes became %d", before, after)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v (%v), want 0640", info.Mode(), err)
	}
	wantOutcome(t, read, "a", office.Created) // a reader of the old file can go on
	mustClose(t, read)
	if left := leftoverFiles(t, path); left != nil {
		t.Errorf("%v was left", left)
	}
}

func TestASmallOrFullJournalIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	for name, fill := range map[string]func(j *Journal){
		"small": func(j *Journal) { mustFinish(t, j, created("a", "1")); mustFinish(t, j, created("a", "1")) },
		"full of lists that are asked for": func(j *Journal) {
			addWaste(t, j)
			for run := range 2 {
				doubtful := unknown(fmt.Sprint(run))
				doubtful.Run = run + 1
				mustBegin(t, j, doubtful)
			}
		},
	} {
		path := path + name
		j := openFile(t, path)
		fill(j)
		mustClose(t, j)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		mustClose(t, openFile(t, path))
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the journal was changed (%v)", name, err)
		}
	}
}

// The journal may be a link into another folder.
func TestALinkToAJournalStaysOne(t *testing.T) {
	path, link := filepath.Join(t.TempDir(), "j"), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	writeWasteful(t, link)
	wantKept(t, link, true)
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link became %v (%v)", info.Mode(), err)
	}
	if size := sizeOf(t, path); size > 2000 {
		t.Errorf("the journal has %d bytes", size)
	}
}

// A new file left by a process that was killed is overwritten.
func TestAStaleNewFileIsReplaced(t *testing.T) {
	for _, left := range []string{"", "00000000 1.1/1 H", "not a journal\n"} {
		path := filepath.Join(t.TempDir(), "j")
		writeWasteful(t, path)
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".j.new"), []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		wantKept(t, path, true)
		if left := leftoverFiles(t, path); left != nil {
			t.Errorf("%v was left", left)
		}
	}
}

// If the new file can't be written, the old one stays in use.
func TestAJournalThatCantBeCompactedServes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	before := writeWasteful(t, path)
	if err := os.MkdirAll(filepath.Join(filepath.Dir(path), ".j.new", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	wantKept(t, path, false)
	if after := sizeOf(t, path); after < before {
		t.Errorf("%d bytes became %d", before, after)
	}
}

// If the new file can't take the name, the old one stays, under its lock.
func TestANewFileThatCantTakeTheName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	writeWasteful(t, path)
	j := openUncompacted(t, path)
	lines, err := j.keptLines()
	if err != nil {
		t.Fatal(err)
	}
	b, err := j.writeReplacement(lines)
	if err != nil {
		t.Fatal(err)
	}
	b.path = filepath.Join(path, "below a file")
	lock, err := j.switchTo(b)
	if err != nil || lock != j.lock || !lock.Locked() {
		t.Errorf("the lock is %v (%v), want the old one", lock, err)
	}
	if err := lock.Unlock(); err != nil {
		t.Error(err)
	}
	if left := leftoverFiles(t, path); left != nil {
		t.Errorf("%v was left", left)
	}
	wantKept(t, path, true)
}

// openUncompacted opens a journal like Open, but never compacts it.
func openUncompacted(t *testing.T, path string) *Journal {
	t.Helper()
	lock, err := lockJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	j, err := openUnder(lock, path, testHeader)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// The lock is on the file itself: whoever opens the journal finds the new file locked, and whoever
// locks the old one meanwhile notices.
func TestTheLockGoesOverToTheNewFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there the lock is on a file beside")
	}
	path := filepath.Join(t.TempDir(), "j")
	writeWasteful(t, path)
	late, err := os.Open(path) // another process, which locks the old file once it is free
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	j := openFile(t, path)
	var held *InUseError
	if _, err := Open(path, testHeader); !errors.As(err, &held) {
		t.Errorf("opened twice: %v", err)
	}
	old, err := late.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if now, err := os.Stat(path); err != nil || os.SameFile(old, now) {
		t.Errorf("the journal was not replaced (%v)", err)
	}
	mustClose(t, j)
	wantKept(t, path, true)
}

func TestALockOnAFileThatWasReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	lock, err := lockFile(path, path)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if named, err := isNamed(lock); !named || err != nil {
		t.Errorf("before: %v, %v", named, err)
	}
	if err := os.Rename(path, path+".old"); err != nil {
		t.Skip(err) // Windows
	}
	for what, replace := range map[string]func() error{
		"gone":     func() error { return nil },
		"replaced": func() error { return os.WriteFile(path, nil, 0o600) },
	} {
		if err := replace(); err != nil {
			t.Fatal(err)
		}
		if named, err := isNamed(lock); named || err != nil {
			t.Errorf("%s: %v, %v", what, named, err)
		}
	}
}

// Many processes open a journal that is compacted again and again. Nothing acknowledged is lost: no
// two ever write at once, each to another file.
func TestManyCompactOneJournal(t *testing.T) {
	if testing.Short() {
		t.Skip("writes for seconds")
	}
	path := filepath.Join(t.TempDir(), "j")
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := 0; n < 4; {
				j, err := Open(path, testHeader)
				if held := (*InUseError)(nil); errors.As(err, &held) {
					runtime.Gosched()
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mustBeUnknown(t, j, fmt.Sprintf("%d-%d", worker, n))
				n++
				addWaste(t, j)
				mustClose(t, j)
			}
		})
	}
	all.Wait()
	j := openFile(t, path)
	defer mustClose(t, j)
	if j.Len() != 16 || j.Unsettled() != 16 || j.Runs() != 32 || j.Compacted().IsZero() {
		t.Errorf("%d rows, %d unknown, %d runs, compacted at %v; want 16, 16, 32", j.Len(), j.Unsettled(), j.Runs(), j.Compacted())
	}
}

func mustBeUnknown(t *testing.T, j *Journal, key string) {
	if err := j.Begin(unknown(key)); err != nil {
		t.Error(err)
	}
}
