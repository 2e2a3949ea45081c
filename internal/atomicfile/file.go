// Package atomicfile writes files that appear under their name whole or not at
// all, and whose name and content outlive a power cut once they do.
package atomicfile

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// File is written under a temporary name in the folder of its path, synced, and
// renamed by one of its Commit methods. After an error only Abort makes sense.
// Not for concurrent use.
type File struct {
	*bufio.Writer
	path   string // the name in the end
	file   *os.File
	rename func(from, to string) error // replaces the file that has the name
}

// Create starts a file. Only its owner may read it, unless it replaces a file
// with other permissions: those are kept, so a report has to be shared only once.
func Create(path string) (*File, error) {
	old, err := os.Stat(path)
	if err == nil && old.IsDir() {
		return nil, &fs.PathError{Op: "write", Path: path, Err: errors.New("it is a folder")}
	}
	folder, name := filepath.Split(path)
	file, failed := os.OpenFile(filepath.Join(folder, "."+name+"."+rand.Text()[:8]), os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateMode)
	f := &File{path: path, file: file, rename: os.Rename}
	if failed != nil {
		return nil, f.withPath(failed)
	}
	if err == nil && old.Mode().IsRegular() && runtime.GOOS != "windows" {
		if failed := file.Chmod(old.Mode().Perm()); failed != nil {
			return nil, errors.Join(f.withPath(failed), f.Abort())
		}
	}
	f.Writer = bufio.NewWriterSize(unbuffered{of: f}, 1<<16)
	return f, nil
}

// private is the mode of files that hold people's addresses.
const privateMode = 0o600

// Path is the name that the file gets, or after Commit has.
func (f *File) Path() string { return f.path }

// Commit gives the file its name once all of it is on disk.
func (f *File) Commit() error { return f.commit(f.rename) }

// CommitBeside is Commit, but where the old file can't be replaced, since
// another program holds it open, the new one gets the first free name of
// NAME-2, NAME-3, ... NAME-9. Path tells which.
func (f *File) CommitBeside() error {
	names := []string{f.path}
	for n := 2; n <= 9; n++ {
		names = append(names, Numbered(f.path, n))
	}
	return f.CommitAs(names)
}

// CommitAs gives the file the first of the names that it can have; there must
// be one at least. The error is about the first.
func (f *File) CommitAs(names []string) error {
	return f.commit(func(from, _ string) (first error) {
		for _, name := range names {
			err := f.rename(from, name)
			if err == nil {
				f.path = name
				return nil
			}
			if first == nil {
				first = err
			}
		}
		return first
	})
}

func (f *File) commit(rename func(from, to string) error) error {
	err := errors.Join(f.Flush(), f.withPath(f.file.Sync()), f.withPath(f.file.Close()))
	if err == nil {
		err = rename(f.file.Name(), f.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.file.Name()))
	}
	return SyncFolder(f.path)
}

// Abort removes what was written; a file that had the name before stays as it was.
func (f *File) Abort() error {
	return errors.Join(f.file.Close(), os.Remove(f.file.Name()))
}

// Reopen opens what was written so far for reading.
func (f *File) Reopen() (*os.File, error) {
	if err := f.Flush(); err != nil {
		return nil, err
	}
	return os.Open(f.file.Name())
}

// named is an error of the file with the name that a person knows.
func (f *File) withPath(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: failed.Op, Path: f.path, Err: failed.Err}
	}
	return err
}

// onDisk is the file below the buffer. It has the File as a named field: if it
// were embedded, the buffer would find its own ReadFrom below itself.
type unbuffered struct{ of *File }

func (d unbuffered) Write(text []byte) (int, error) {
	n, err := d.of.file.Write(text)
	return n, d.of.withPath(err)
}

// Numbered is the path with -N before its ending.
func Numbered(path string, n int) string {
	ending := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ending), n, ending)
}
