package parse

import (
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

func TestSnapshotRefuses(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(dir, "missing.csv"): "file_not_found",
		dir:                               "not_a_file",
	} {
		_, err := Open(path, sheet.Options{})
		if parsetest.KindOf(t, err) != want || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%v, want kind %s", err, want)
		}
	}
}

// A file that is refused after it was opened releases its copy only once.
func TestSnapshotClosedOnce(t *testing.T) {
	s, err := snapshot.Copy(strings.NewReader(parsetest.Headings), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openSnapshot(s, "offices.csv", sheet.Options{Known: parsetest.KnownHeadings}); parsetest.KindOf(t, err) != "no_rows" {
		t.Errorf("%v, want no_rows", err)
	}
	if err := s.Close(); err != nil { // Open closes it; openSnapshot must not
		t.Error(err)
	}
}
