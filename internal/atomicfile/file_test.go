package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestCommitBeside(t *testing.T) {
	for taken, want := range map[int]string{0: "r.csv", 1: "r-2.csv", 8: "r-9.csv", 9: ""} {
		folder := t.TempDir()
		f, err := Create(filepath.Join(folder, "r.csv"))
		if err != nil {
			t.Fatal(err)
		}
		busy := errors.New("open in another program")
		tries := 0
		f.rename = func(from, to string) error {
			if tries++; tries <= taken {
				return busy
			}
			return os.Rename(from, to)
		}
		_, _ = f.WriteString("text")
		err = f.CommitBeside()
		if entries, _ := os.ReadDir(folder); want == "" {
			if !errors.Is(err, busy) || len(entries) != 0 {
				t.Errorf("no name was free: %v, %d files are left", err, len(entries))
			}
		} else if len(entries) != 1 || entries[0].Name() != want || filepath.Base(f.Path()) != want || err != nil {
			t.Errorf("%d names taken: %s is in %v (%v), want %s", taken, f.Path(), entries, err, want)
		}
	}
}

func TestAbortLeavesTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.csv")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("new")
	if err := f.Abort(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); string(text) != "old" || err != nil {
		t.Errorf("%q (%v)", text, err)
	}
}

// A file that replaces another keeps its permissions; a new one is only for its owner.
func TestPermissions(t *testing.T) {
	folder := t.TempDir()
	shared := filepath.Join(folder, "shared")
	if err := os.WriteFile(shared, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{shared: 0o644, filepath.Join(folder, "new"): 0o600} {
		f, err := Create(path)
		if err == nil {
			err = f.Commit()
		}
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has %v, want %v (%v)", path, info.Mode(), want, err)
		}
	}
}
