package snapshot

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"officeimporter/internal/parse/parsetest"
)

func TestSnapshotCopies(t *testing.T) {
	content := strings.Repeat("name,country\n", 100)
	for _, limit := range []int64{0, 1, 1299, 1300, 1301, 1 << 20} {
		s, err := Copy(strings.NewReader(content), 7, limit)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || string(got) != content {
			t.Errorf("limit %d: %d bytes, %v", limit, len(got), err)
		}
		if s.Sum() != sha256.Sum256([]byte(content)) {
			t.Errorf("limit %d: wrong sum", limit)
		}
		if inFile := s.spill != nil; inFile != (limit <= 1300) {
			t.Errorf("limit %d: in a file: %t", limit, inFile)
		}
		checkClosed(t, s)
	}
}

func checkClosed(t *testing.T, s *Snapshot) {
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
	path := parsetest.WriteFile(t, "a.csv", "before")
	s, err := Take(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.WriteFile(path, []byte("AFTER!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Head(100); err != nil || !bytes.Equal(got, []byte("before")) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSnapshotReadError(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := Copy(parsetest.FailingReader{Err: broken}, 10, 100); !errors.Is(err, broken) {
		t.Errorf("%v, want %v", err, broken)
	}
	_, err := Copy(io.MultiReader(strings.NewReader("abc"), parsetest.FailingReader{Err: broken}), 10, 2)
	if !errors.Is(err, broken) {
		t.Errorf("beyond the memory: %v, want %v", err, broken)
	}
}
