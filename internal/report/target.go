package report

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

// target is a file that appears under its name whole or not at all: it is
// written under another name in the same folder, synced, and renamed.
type target struct {
	*bufio.Writer
	path string // the name in the end
	file *os.File
}

// newTarget starts a file. It is its owner's alone, or as open as the one whose
// place it takes: who shares a report does so once.
func newTarget(path string) (*target, error) {
	old, err := os.Stat(path)
	if err == nil && old.IsDir() {
		return nil, &fs.PathError{Op: "write", Path: path, Err: errors.New("it is a folder")}
	}
	folder, name := filepath.Split(path)
	f, failed := os.OpenFile(filepath.Join(folder, "."+name+"."+rand.Text()[:8]), os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	t := &target{path: path, file: f}
	if failed != nil {
		return nil, t.named(failed)
	}
	if err == nil && old.Mode().IsRegular() && runtime.GOOS != "windows" {
		if failed := f.Chmod(old.Mode().Perm()); failed != nil {
			return nil, errors.Join(t.named(failed), t.abort())
		}
	}
	t.Writer = bufio.NewWriterSize(onDisk{of: t}, 1<<16)
	return t, nil
}

// private is the mode of files that hold people's addresses.
const private = 0o600

// onDisk is the file below the buffer. It has the target by a name: were it
// embedded, the buffer would find its own ReadFrom below itself.
type onDisk struct{ of *target }

func (d onDisk) Write(text []byte) (int, error) {
	n, err := d.of.file.Write(text)
	return n, d.of.named(err)
}

// named is an error of the file with the name that a person knows.
func (t *target) named(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: failed.Op, Path: t.path, Err: failed.Err}
	}
	return err
}

// renamer gives a file another name, and replaces the one that has it.
type renamer func(from, to string) error

// commit gives the file its name.
func (t *target) commit(rename renamer) error {
	err := errors.Join(t.Flush(), t.named(t.file.Sync()), t.named(t.file.Close()))
	if err == nil {
		err = rename(t.file.Name(), t.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(t.file.Name()))
	}
	return syncFolder(t.path)
}

// orBeside is a rename that gives the first of NAME-2, NAME-3, ... NAME-9 that
// can be had where the name itself can't, as the old file is open in a program
// that locks it. The name it took becomes t.path.
func (t *target) orBeside(rename renamer) renamer {
	return func(from, to string) error {
		first := rename(from, to)
		ending := filepath.Ext(to)
		for n := 2; first != nil && n <= 9; n++ {
			other := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(to, ending), n, ending)
			if rename(from, other) == nil {
				t.path = other
				return nil
			}
		}
		return first
	}
}

// abort leaves everything as it was before.
func (t *target) abort() error {
	return errors.Join(t.file.Close(), os.Remove(t.file.Name()))
}
