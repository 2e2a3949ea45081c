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

// PathOf is the fix file of a sheet, for whose input the stem stands.
func PathOf(stem string, s *sheet.Sheet) string {
	if s.Format == "xlsx" {
		return stem + ".fix.xlsx"
	}
	return stem + ".fix.csv"
}

// Origin is the stem of the file that a fix file was made from, and any other
// stem as it is: "a" for "a.fix" and "a.fix-2".
func Origin(stem string) string { return fixEnding.ReplaceAllString(stem, "") }

var fixEnding = regexp.MustCompile(`\.fix(-\d+)?$`)

// seals is a folder that remembers what fix files were like when they were
// written, so that nobody's corrections are replaced. It is in the user's state
// folder: next to the fix file it would be one more thing to wonder at.
type checksums string

// free are the names that a fix file may take, best first: path, path-2, ... A
// file that a person has changed since it was written is their work, and so is
// the one that is being read: neither is replaced.
func (s checksums) freeNames(path, input string) ([]string, error) {
	const most = 9
	var names []string
	for n := 1; n <= most; n++ {
		name := path
		if n > 1 {
			name = atomicfile.Numbered(path, n)
		}
		if !atomicfile.Same(name, input) && s.mayReplace(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s and those of the same name up to -%d were changed by hand; move those that are done", path, most)
	}
	return names, nil
}

// mayReplace tells a name that is free, or that of a file which is as it was
// written.
func (s checksums) mayReplace(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false
	}
	sealed, err := os.ReadFile(s.path(path))
	return err == nil && bytes.Equal(sealed, []byte(hex.EncodeToString(sum.Sum(nil))))
}

// put remembers what a file is like, as long as nobody changes it. Where that
// can't be remembered the file counts as changed.
func (s checksums) save(path string, sum []byte) {
	sumFile := s.path(path)
	if s == "" || os.MkdirAll(filepath.Dir(sumFile), 0o700) != nil {
		return
	}
	_ = os.WriteFile(sumFile, []byte(hex.EncodeToString(sum)), 0o600) // else it counts as changed
}

func (s checksums) path(file string) string {
	whole, err := filepath.Abs(file)
	if err != nil {
		whole = file
	}
	name := sha256.Sum256([]byte(whole))
	return filepath.Join(string(s), "fix", hex.EncodeToString(name[:16]))
}
