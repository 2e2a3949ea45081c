package fix

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/parse/sheet"
)

// PathOf is the path of a sheet's fix file; stem is the input's path without its ending.
func PathOf(stem string, s *sheet.Sheet) string {
	if s.Format == "xlsx" {
		return stem + ".fix.xlsx"
	}
	return stem + ".fix.csv"
}

// Origin is the stem of the file that a fix file was made from: "a" for "a.fix" and "a.fix-2". Any other stem comes
// back unchanged.
func Origin(stem string) string { return fixEnding.ReplaceAllString(stem, "") }

var fixEnding = regexp.MustCompile(`\.fix(-\d+)?$`)

// checksums is a folder that remembers what fix files looked like when we wrote them, so that we never replace a
// person's corrections. It is in the user's state folder, since another file next to the fix file would only puzzle
// people.
type checksums string

// freeNames are the names that a fix file may take, best first: path, path-2, ... It never replaces a file that a
// person has changed since it was written, nor the one that is being read.
func (c checksums) freeNames(path, input string) ([]string, error) {
	const most = 9
	var names []string
	for n := 1; n <= most; n++ {
		name := path
		if n > 1 {
			name = atomicfile.Numbered(path, n)
		}
		if !atomicfile.Same(name, input) && c.mayReplace(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s and those of the same name up to -%d were changed by hand; move those that are done", path, most)
	}
	return names, nil
}

// mayReplace tells whether there is no such file, or one that is just as we wrote it.
func (c checksums) mayReplace(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false
	}
	sealed, err := os.ReadFile(c.path(path))
	return err == nil && bytes.Equal(sealed, []byte(hex.EncodeToString(sum.Sum(nil))))
}

// save remembers what a file looks like. If that fails, the file counts as changed.
func (c checksums) save(path string, sum []byte) {
	sumFile := c.path(path)
	if c == "" || os.MkdirAll(filepath.Dir(sumFile), 0o700) != nil {
		return
	}
	_ = os.WriteFile(sumFile, []byte(hex.EncodeToString(sum)), 0o600)
}

func (c checksums) path(file string) string {
	whole, err := filepath.Abs(file)
	if err != nil {
		whole = file
	}
	name := sha256.Sum256([]byte(whole))
	return filepath.Join(string(c), "fix", hex.EncodeToString(name[:16]))
}
