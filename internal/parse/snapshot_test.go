package parse

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// writeFile writes a file for a test and returns its path.
func writeFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// kindOf is the kind of the first problem of an InputError; "" is none.
func kindOf(t testing.TB, err error) string {
	t.Helper()
	e, ok := errors.AsType[*office.InputError](err)
	if !ok {
		return ""
	}
	return string(e.Problems[0].Kind)
}

func TestSnapshotCopies(t *testing.T) {
	content := strings.Repeat("name,country\n", 100)
	for _, limit := range []int64{0, 1, 1299, 1300, 1301, 1 << 20} {
		s, err := copyOf(strings.NewReader(content), 7, limit)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || string(got) != content {
			t.Errorf("limit %d: %d bytes, %v", limit, len(got), err)
		}
		if s.sum() != sha256.Sum256([]byte(content)) {
			t.Errorf("limit %d: wrong sum", limit)
		}
		if inFile := s.spill != nil; inFile != (limit <= 1300) {
			t.Errorf("limit %d: in a file: %t", limit, inFile)
		}
		checkClosed(t, s)
	}
}

func checkClosed(t *testing.T, s *snapshot) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if s.spill == nil {
		return
	}
	if _, err := os.Stat(s.spill.Name()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the temporary file is still there: %v", err)
	}
}

func TestSnapshotKeepsTheMoment(t *testing.T) {
	path := writeFile(t, "a.csv", "before")
	s, err := takeSnapshot(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.WriteFile(path, []byte("AFTER!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.head(100); err != nil || !bytes.Equal(got, []byte("before")) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSnapshotRefuses(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(dir, "missing.csv"): "file_not_found",
		dir:                               "not_a_file",
	} {
		_, err := Open(path, Options{})
		if kindOf(t, err) != want || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%v, want kind %s", err, want)
		}
	}
}

func TestSnapshotReadError(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := copyOf(failingReader{broken}, 10, 100); !errors.Is(err, broken) {
		t.Errorf("%v, want %v", err, broken)
	}
	_, err := copyOf(io.MultiReader(strings.NewReader("abc"), failingReader{broken}), 10, 2)
	if !errors.Is(err, broken) {
		t.Errorf("beyond the memory: %v, want %v", err, broken)
	}
}

// A file that is refused after it was opened gives its copy back once.
func TestSnapshotClosedOnce(t *testing.T) {
	s, err := copyOf(strings.NewReader(headings), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openSnapshot(s, "offices.csv", options()); kindOf(t, err) != "no_rows" {
		t.Errorf("%v, want no_rows", err)
	}
	checkClosed(t, s)
}
