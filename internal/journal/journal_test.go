package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
)

func TestJournalKeepsRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "offices.sandbox.journal")
	j := openFile(t, path)
	sent := office.Record{Key: "a/US", Row: 7, Name: "A & <b>\nc", Country: "US", Digest: office.Digest{1}, Rest: office.Digest{2},
		Outcome: office.Unknown, Attempts: 1, SentAt: time.Date(2026, 11, 3, 14, 5, 9, 12345, time.UTC), Run: 1, Doubted: true}
	done := sent
	done.Outcome, done.OfficeID, done.HTTPStatus, done.Words = office.Created, "5068549373853696", 200, "ok"
	mustBegin(t, j, sent)
	wantRecord(t, j, sent)
	mustFinish(t, j, done)
	wantRecord(t, j, done)
	mustClose(t, j)

	again := openFile(t, path)
	wantRecord(t, again, done)
	history, err := again.History("a/US")
	if diff := cmp.Diff([]office.Record{sent, done}, history); err != nil || diff != "" {
		t.Errorf("history: %v\n%s", err, diff)
	}
	if want := (Header{Format: 1, Server: "sandbox", Company: "77", Input: "offices.xlsx", InputSHA256: "00ff"}); again.Header() != want {
		t.Errorf("header is %+v", again.Header())
	}
	mustClose(t, again)
}

func TestJournalIsForOneUser(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	path := filepath.Join(t.TempDir(), "j")
	mustClose(t, openFile(t, path))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v (%v), want 0600", info.Mode(), err)
	}
}

func TestJournalLooksUp(t *testing.T) {
	j, m := openMemory(t, nil)
	for _, r := range []office.Record{unknown("a"), unknown("b"), unknown("c"), created("a", "1"), created("c", "3")} {
		mustFinish(t, j, r)
	}
	exists := created("d", "4")
	exists.Outcome = office.Exists
	mustFinish(t, j, exists)
	odd := created("e", "odd id/%20\n")
	mustFinish(t, j, odd)
	for name, j := range map[string]*Journal{"written": j, "replayed": reopen(t, m)} {
		t.Run(name, func(t *testing.T) { checkLookups(t, j) })
	}
}

func checkLookups(t *testing.T, j *Journal) {
	if got := [4]int{j.Unsettled(), j.Count(office.Created), j.Count(office.Exists), j.Len()}; got != [4]int{1, 3, 1, 5} {
		t.Errorf("unknown, created, exists, all are %v", got)
	}
	for id, want := range map[string]office.Key{"1": "a", "3": "c", "4": "d", "odd id/%20\n": "e", "2": "", "": "", "-": ""} {
		if got, ok := j.Owner(id); got != want || ok != (want != "") {
			t.Errorf("owner of %q is %q, %v", id, got, ok)
		}
	}
	if got := keys(t, j); !slices.Equal(got, []string{"b", "a", "c", "d", "e"}) {
		t.Errorf("all records: %v", got)
	}
	if got := keys(t, j, office.Unknown, office.Exists); !slices.Equal(got, []string{"b", "d"}) {
		t.Errorf("unknown or existing records: %v", got)
	}
	if _, ok, err := j.Record("nobody"); ok || err != nil {
		t.Errorf("record of nobody: %v, %v", ok, err)
	}
}

func keys(t *testing.T, j *Journal, with ...office.Outcome) (keys []string) {
	for r, err := range j.Records(with...) {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, string(r.Key))
	}
	return keys
}

func TestOwnerFollowsTheLatestRecord(t *testing.T) {
	j, _ := openMemory(t, nil)
	mustFinish(t, j, created("a", "1"))
	mustFinish(t, j, created("b", "1")) // a was given another key
	if key, ok := j.Owner("1"); key != "b" || !ok {
		t.Errorf("owner is %q, %v", key, ok)
	}
	mustFinish(t, j, created("b", "2")) // a person settled it
	if key, ok := j.Owner("1"); ok {
		t.Errorf("%q still owns the office it lost", key)
	}
}

func TestBaselines(t *testing.T) {
	j, m := openMemory(t, nil)
	for i, ids := range [][]string{{"1", "2"}, {"1", "2", "3"}, nil} {
		if run, err := j.Baseline([]string{"", "1", ""}[i], ids); run != i+1 || err != nil {
			t.Fatalf("run %d, %v", run, err)
		}
	}
	for name, j := range map[string]*Journal{"written": j, "replayed": reopen(t, m)} {
		t.Run(name, func(t *testing.T) {
			got := []bool{j.InBaseline(1, "2"), j.InBaseline(1, "3"), j.InBaseline(2, "3"), j.InBaseline(3, "1"), j.InBaseline(0, "1"), j.InBaseline(4, "1")}
			if !slices.Equal(got, []bool{true, false, true, false, false, false}) || j.Runs() != 3 {
				t.Errorf("got %v, %d runs", got, j.Runs())
			}
			var mismatch *MismatchError
			if _, err := j.Baseline("9", nil); !errors.As(err, &mismatch) || mismatch.What != "primary office" || mismatch.Have != "1" {
				t.Errorf("another primary office: %v", err)
			}
		})
	}
}

func TestJournalOfAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	mustClose(t, openFile(t, path))
	before, _ := os.ReadFile(path)
	for what, h := range map[string]Header{"server": {Server: "production", Company: "77"}, "company": {Server: "sandbox"}} {
		var mismatch *MismatchError
		if _, err := Open(path, h); !errors.As(err, &mismatch) || mismatch.What != what || !strings.Contains(err.Error(), "offices.xlsx") {
			t.Errorf("another %s: %v", what, err)
		}
	}
	if after, _ := os.ReadFile(path); !slices.Equal(before, after) {
		t.Error("the journal was changed")
	}
}

func TestFormatOfAnotherVersion(t *testing.T) {
	text := appendLine(nil, 1, 1, 1, content(header, "", "", "", []byte(`{"format":2,"server":"sandbox"}`)))
	var other *FormatError
	if _, err := openOn(&memoryFile{data: text}, "j", testHeader); !errors.As(err, &other) || other.Format != 2 {
		t.Errorf("got %v", err)
	}
}

func TestReadJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	if _, err := Read(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing journal: %v", err)
	}
	writing := openFile(t, path)
	mustFinish(t, writing, created("a", "1"))
	j, err := Read(path) // while the run is on
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, j, "a", office.Created)
	if err := j.Begin(unknown("b")); !errors.Is(err, ErrJournal) {
		t.Errorf("begin in a journal that is read: %v", err)
	}
	mustClose(t, j)
	mustClose(t, writing)
}

func TestZeroJournalIsEmpty(t *testing.T) {
	var j Journal
	_, known, err := j.Record("a")
	history, err2 := j.History("a")
	_, owned := j.Owner("1")
	if known || owned || err != nil || err2 != nil || len(history)+j.Len()+j.Unsettled() > 0 || j.InBaseline(1, "1") || keys(t, &j) != nil {
		t.Error("the zero Journal isn't empty")
	}
	if _, err := j.Baseline("", nil); !errors.Is(err, ErrJournal) {
		t.Errorf("a run in the zero Journal: %v", err)
	}
	mustClose(t, &j)
}

func TestOneProcessWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "j")
	j := openFile(t, path)
	var held *InUseError
	if _, err := Open(path, testHeader); !errors.As(err, &held) || !strings.Contains(err.Error(), path) {
		t.Errorf("second writer: %v", err)
	}
	mustClose(t, j)
	mustClose(t, openFile(t, path))
	if err := j.Begin(unknown("a")); !errors.Is(err, ErrJournal) {
		t.Errorf("begin after close: %v", err)
	}
	mustClose(t, j)
}

func TestJournalNoticesThatItWasDeleted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows deletes no open file")
	}
	path := filepath.Join(t.TempDir(), "j")
	j := openFile(t, path)
	mustBegin(t, j, unknown("a"))
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	if err := j.Begin(unknown("b")); !errors.Is(err, ErrJournal) {
		t.Errorf("begin in a deleted journal: %v", err)
	}
	mustClose(t, j)
}

func TestJournalInAFolderThatIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "j")
	if _, err := Open(path, testHeader); !errors.Is(err, ErrJournal) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestJournalThatIsReadOnly(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("modes don't bind this user")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(folder, "j"), testHeader); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

func TestKeyMustBeText(t *testing.T) {
	j, m := openMemory(t, nil)
	before := m.copy()
	if err := j.Begin(unknown("a\xff")); !errors.Is(err, ErrJournal) || !slices.Equal(before, m.copy()) {
		t.Errorf("got %v", err)
	}
}

func TestJournalIsConcurrent(t *testing.T) {
	j, m := openMemory(t, nil)
	var all sync.WaitGroup
	for worker := range 16 {
		all.Go(func() {
			for i := range 50 {
				key := fmt.Sprintf("%d-%d", worker, i)
				if j.Begin(unknown(key)) != nil || j.Finish(created(key, "1"+key)) != nil {
					t.Error("not written")
				}
				wantOutcome(t, j, key, office.Created)
				j.Unsettled()
				j.Owner("1" + key)
			}
		})
	}
	all.Wait()
	again := reopen(t, m)
	if again.Len() != 800 || again.Count(office.Created) != 800 {
		t.Errorf("%d rows, %d created", again.Len(), again.Count(office.Created))
	}
}

func TestGroupCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, m := openMemory(t, nil)
		m.onSync = func() { time.Sleep(10 * time.Millisecond) }
		before := m.syncs
		started := time.Now()
		var all sync.WaitGroup
		for i := range 64 {
			all.Go(func() { mustBegin(t, j, unknown(fmt.Sprint(i))) })
		}
		all.Wait()
		if syncs := m.syncs - before; syncs > 3 || m.writes > 4 {
			t.Errorf("64 begins at once took %d syncs and %d writes", syncs, m.writes)
		}
		if took := time.Since(started); took > 30*time.Millisecond {
			t.Errorf("64 begins at once took %s", took)
		}
	})
}

func openFile(t testing.TB, path string) *Journal {
	t.Helper()
	j, err := Open(path, testHeader)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func reopen(t testing.TB, m *memoryFile) *Journal {
	t.Helper()
	j, _ := openMemory(t, m.copy())
	return j
}

func mustClose(t testing.TB, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

func wantRecord(t *testing.T, j *Journal, want office.Record) {
	t.Helper()
	got, _, err := j.Record(want.Key)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("record: %v\n%s", err, diff)
	}
}
