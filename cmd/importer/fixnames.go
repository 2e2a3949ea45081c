package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/report"
)

// fixNames are the names that a fix file may take, best first: path, path-2,
// ... A file that a person has changed since it was written is their work, and
// so is the one that is being read: neither is replaced.
func fixNames(path, input string) ([]string, error) {
	const most = 9
	var names []string
	for n := 1; n <= most; n++ {
		name := path
		if n > 1 {
			name = atomicfile.Numbered(path, n)
		}
		if !atomicfile.Same(name, input) && mayReplace(name) {
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
func mayReplace(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false
	}
	place, err := sealPath(path)
	if err != nil {
		return false
	}
	sealed, err := os.ReadFile(place)
	return err == nil && bytes.Equal(sealed, []byte(hex.EncodeToString(sum.Sum(nil))))
}

// seal remembers what a file is like, as long as nobody changes it. Where that
// can't be remembered the file counts as changed.
func seal(path string, sum []byte) {
	place, err := sealPath(path)
	if err != nil {
		return
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err == nil {
		_ = os.WriteFile(place, []byte(hex.EncodeToString(sum)), 0o600)
	}
}

// sealPath is in the user's state folder: beside the file it would be one more
// thing to wonder at.
func sealPath(path string) (string, error) {
	dir, err := report.StateDir()
	if err != nil {
		return "", err
	}
	whole, err := filepath.Abs(path)
	name := sha256.Sum256([]byte(whole))
	return filepath.Join(dir, "fix", hex.EncodeToString(name[:16])), err
}
