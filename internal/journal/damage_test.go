package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"officeimporter/internal/office"
)

// threeLineBatch returns a journal with a batch of three lines at its end, and where its lines
// start.
func threeLineBatch(t testing.TB) (data []byte, starts []int) {
	j, m := openMemory(t, nil)
	if _, err := j.Baseline("1", []string{"1"}); err != nil {
		t.Fatal(err)
	}
	mustBegin(t, j, unknown("a"))
	mustFinish(t, j, created("a", "2"))
	if err := j.write(recordContents("b", "c", "d")); err != nil {
		t.Fatal(err)
	}
	data = m.copy()
	for i := range data {
		if i == 0 || data[i-1] == '\n' {
			starts = append(starts, i)
		}
	}
	return data, starts
}

func recordContents(names ...string) (contents [][]byte) {
	for _, name := range names {
		key := office.HashOf(name)
		contents = append(contents, content(begin, "unknown", fmt.Sprintf("%x", key[:]), "", []byte(`{"key":"`+name+`","outcome":"unknown"}`)))
	}
	return contents
}

func TestTornTail(t *testing.T) {
	data, starts := threeLineBatch(t)
	last := starts[len(starts)-3]
	for size := last; size < len(data); size++ {
		for _, tail := range []string{"", "\x00\x00\x00", "\x00\x00\n", "x\ny\n"} {
			checkTorn(t, append(bytes.Clone(data[:size]), tail...), bytes.Count(data[last:size], []byte("\n")))
		}
	}
}

// checkTorn opens a torn journal. whole is how many lines of its last batch are whole.
func checkTorn(t *testing.T, torn []byte, whole int) {
	t.Helper()
	j, m := openMemory(t, bytes.Clone(torn))
	wantOutcome(t, j, "a", office.Created)
	if got := j.Len(); got != 1+whole {
		t.Errorf("%d rows are known of %q, want %d", got, torn, 1+whole)
	}
	mustBegin(t, j, unknown("later"))
	again := reopen(t, m)
	if got := again.Len(); got != 2+whole {
		t.Errorf("%d rows are known after going on, want %d", got, 2+whole)
	}
	wantOutcome(t, again, "later", office.Unknown)
}

func TestTornHeader(t *testing.T) {
	_, m := openMemory(t, nil)
	head := m.copy()
	for size := range len(head) {
		j, _ := openMemory(t, append(bytes.Clone(head[:size]), 0, 0))
		mustBegin(t, j, unknown("a"))
	}
}

func TestLinesOfATornBatchComeInAnyOrder(t *testing.T) {
	data, starts := threeLineBatch(t)
	for _, line := range starts[len(starts)-3:] {
		torn := bytes.Clone(data)
		torn[line+12] ^= 1
		checkTorn(t, torn, bytes.Count(data[starts[len(starts)-3]:line], []byte("\n")))
	}
}

func TestTornBatchCanBeTornAgain(t *testing.T) {
	data, starts := threeLineBatch(t)
	j, m := openMemory(t, bytes.Clone(data[:starts[len(starts)-1]+5]))
	mustBegin(t, j, unknown("e"))
	whole := m.copy()
	for size := starts[len(starts)-1]; size < len(whole); size++ {
		again, _ := openMemory(t, bytes.Clone(whole[:size]))
		if got := again.Len(); got != 3 {
			t.Errorf("%d rows are known, want 3", got)
		}
	}
}

// A byte changed anywhere except in the last batch is damage, and nothing is changed.
func TestDamage(t *testing.T) {
	data, starts := threeLineBatch(t)
	for at := range starts[len(starts)-3] {
		damaged := bytes.Clone(data)
		damaged[at] ^= 1
		m := &memoryFile{data: bytes.Clone(damaged)}
		var damage *DamageError
		_, err := openOn(m, "test.journal", testHeader)
		if !errors.As(err, &damage) || damage.Line != bytes.Count(data[:at], []byte("\n"))+1 {
			t.Fatalf("byte %d: %v", at, err)
		}
		if !bytes.Equal(m.data, damaged) || m.writes+m.syncs > 0 {
			t.Fatalf("byte %d: the journal was changed", at)
		}
	}
}

func TestLinesTakenOutOrAdded(t *testing.T) {
	data, _ := threeLineBatch(t)
	lines := strings.SplitAfter(string(data), "\n")
	lines = lines[:len(lines)-1]
	for i := range lines[:len(lines)-1] { // nobody can tell with the last one
		without := strings.Join(lines[:i], "") + strings.Join(lines[i+1:], "")
		twice := strings.Join(lines[:i+1], "") + strings.Join(lines[i:], "")
		for what, text := range map[string]string{"without": without, "twice": twice} {
			var damage *DamageError
			if _, err := openOn(&memoryFile{data: []byte(text)}, "j", testHeader); !errors.As(err, &damage) {
				t.Errorf("%s line %d: %v", what, i+1, err)
			}
		}
	}
}

func TestAFileThatIsNoJournal(t *testing.T) {
	for _, text := range []string{"name,country\nA,US\n", "name", "\n", "12345678 1.1/1 X", "abc\x00d"} {
		m := &memoryFile{data: []byte(text)}
		var damage *DamageError
		if _, err := openOn(m, "offices.csv", testHeader); !errors.As(err, &damage) || damage.Line != 1 || string(m.data) != text {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestNothingAfterAFailure(t *testing.T) {
	for name, fail := range map[string]func(*memoryFile){
		"disk full, nothing written": func(m *memoryFile) { m.writeErr = syscall.ENOSPC },
		"disk full, part written":    func(m *memoryFile) { m.writeErr, m.short = syscall.ENOSPC, 20 },
		"sync":                       func(m *memoryFile) { m.syncErr = syscall.EIO },
	} {
		t.Run(name, func(t *testing.T) {
			j, m := openMemory(t, nil)
			mustFinish(t, j, created("a", "1"))
			fail(m)
			first := j.Begin(unknown("b"))
			if !errors.Is(first, ErrJournal) || !errors.Is(first, syscall.ENOSPC) && !errors.Is(first, syscall.EIO) {
				t.Fatalf("begin: %v", first)
			}
			m.writeErr, m.syncErr = nil, nil
			size := len(m.data)
			_, errRun := j.Baseline("", nil)
			for _, err := range []error{j.Begin(unknown("c")), j.Finish(created("a", "1")), errRun} {
				if !errors.Is(err, first) {
					t.Errorf("after a failure: %v", err)
				}
			}
			if len(m.data) != size {
				t.Error("the journal grew after a failure")
			}
			wantOutcome(t, j, "a", office.Created) // for the report
			wantOutcome(t, reopen(t, m), "a", office.Created)
		})
	}
}

func TestWhatCantBeReadStopsTheRun(t *testing.T) {
	for name, ask := range map[string]func(*Journal) bool{
		"owner":    func(j *Journal) bool { _, ok := j.Owner("1"); return ok },
		"baseline": func(j *Journal) bool { return j.InBaseline(1, "1") },
	} {
		j, m := openMemory(t, nil)
		if _, err := j.Baseline("", []string{"1"}); err != nil {
			t.Fatal(err)
		}
		mustFinish(t, j, created("a", "1"))
		m.readErr = syscall.EIO
		if ask(j) {
			t.Errorf("%s: found what can't be read", name)
		}
		if _, _, err := j.Record("a"); !errors.Is(err, syscall.EIO) {
			t.Errorf("%s: record: %v", name, err)
		}
		m.readErr = nil
		if err := j.Begin(unknown("b")); !errors.Is(err, ErrJournal) {
			t.Errorf("%s: begin: %v", name, err)
		}
	}
}

func FuzzJournal(f *testing.F) {
	data, starts := threeLineBatch(f)
	f.Add(data)
	f.Add(data[:starts[len(starts)-1]+9])
	f.Add([]byte("00000000 1.1/1 H"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &memoryFile{data: bytes.Clone(data)}
		j, err := openOn(m, "j", testHeader)
		if err != nil {
			if !bytes.Equal(m.data, data) {
				t.Errorf("changed, though it can't be used: %v", err)
			}
			return
		}
		rows := j.Len()
		mustBegin(t, j, unknown("fuzz"))
		again := reopen(t, m)
		wantOutcome(t, again, "fuzz", office.Unknown)
		if again.Len() < rows {
			t.Errorf("%d rows became %d", rows, again.Len())
		}
	})
}

// TestBeginsLikeJournal checks that a journal, whole or torn, is told from a file of the user that
// was named by mistake.
func TestBeginsLikeJournal(t *testing.T) {
	data, starts := threeLineBatch(t)
	path := filepath.Join(t.TempDir(), "j")
	for _, tt := range []struct {
		what string
		data []byte
		ours bool
	}{
		{"a journal", data, true},
		{"a header alone", data[:starts[1]], true},
		{"a torn header", data[:starts[1]/2], true},
		{"an empty file", nil, true},
		{"damage further down", append(append([]byte{}, data[:starts[1]]...), "rubbish\nmore rubbish\n"...), true},
		{"a spreadsheet", []byte("name,country\nBoston,US\n"), false},
		{"a text without an end", []byte("name"), false},
	} {
		if err := os.WriteFile(path, tt.data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, foreign := errors.AsType[*DamageError](BeginsLike(path))
		if foreign == tt.ours {
			t.Errorf("%s: taken for one: %t", tt.what, !foreign)
		}
	}
	if err := BeginsLike(path + ".none"); err != nil {
		t.Errorf("no file: %v", err)
	}
}
