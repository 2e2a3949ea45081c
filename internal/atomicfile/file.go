// Package atomicfile writes files that appear under their name either complete or not at all, and that survive a
// power cut once they do.
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

// File is written under a temporary name in the folder of its path, synced to disk, and renamed by one of its Commit
// methods. After an error, only call Abort. Not for concurrent use.
type File struct {
	*bufio.Writer
	path   string // the final name
	file   *os.File
	rename func(from, to string) error // replaces an existing file
}

// Create starts a file. Only its owner may read it, unless it replaces a file with other permissions: those are kept,
// so that a report has to be shared only once.
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

// privateMode is for files with people's addresses.
const privateMode = 0o600

// Path is the final name. A Commit method that chooses another name updates it.
func (f *File) Path() string { return f.path }

// Commit gives the file its name once all of it is on disk.
func (f *File) Commit() error { return f.commit(f.rename) }

// CommitBeside is Commit, but if another program has the old file open so that it can't be replaced, the new file
// gets the first of NAME-2, NAME-3, ... NAME-9 that works. Path tells which.
func (f *File) CommitBeside() error {
	names := []string{f.path}
	for n := 2; n <= 9; n++ {
		names = append(names, Numbered(f.path, n))
	}
	return f.CommitAs(names)
}

// CommitAs gives the file the first of names that works; there must be at least one. If none works, the error is that
// of the first.
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

// Abort removes what was written. A file that already had the name stays as it was.
func (f *File) Abort() error {
	return errors.Join(f.file.Close(), os.Remove(f.file.Name()))
}

// Reopen opens what was written so far for reading. The caller must close it.
func (f *File) Reopen() (*os.File, error) {
	if err := f.Flush(); err != nil {
		return nil, err
	}
	return os.Open(f.file.Name())
}

// withPath is an error with the final name, which people know, instead of the temporary one.
func (f *File) withPath(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: failed.Op, Path: f.path, Err: failed.Err}
	}
	return err
}

// unbuffered is the file below the buffer. It doesn't embed File, as the buffer would then call its own ReadFrom
// through it.
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

// SyncFolder makes the names in the folder of a path survive a power cut. Windows can't sync folders, but NTFS logs
// changes of names.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Same tells whether two paths lead to the same existing file.
func Same(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
