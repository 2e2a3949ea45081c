package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

// lockJournal locks the journal itself. On Windows nobody could read it then, so a separate file is locked. Another
// process may just have replaced the locked file by compacting the journal; then lockJournal locks the new one.
func lockJournal(path string) (*flock.Flock, error) {
	name := path
	if runtime.GOOS == "windows" {
		name += ".lock"
	}
	for {
		lock, err := lockFile(name, path)
		if err != nil {
			return nil, err
		}
		named, err := isNamed(lock)
		if named {
			return lock, nil
		}
		if err = errors.Join(err, lock.Unlock()); err != nil {
			return nil, fmt.Errorf("%w: lock %s: %w", ErrJournal, path, err)
		}
	}
}

func lockFile(name, journal string) (*flock.Flock, error) {
	lock := flock.New(name)
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%w: lock %s: %w", ErrJournal, journal, err)
	}
	if !ok {
		return nil, &InUseError{Path: journal}
	}
	return lock, nil
}

// isNamed reports whether the name of a locked file still leads to it.
func isNamed(lock *flock.Flock) (bool, error) {
	mine, err := lock.Stat()
	if err != nil {
		return false, err
	}
	named, err := os.Stat(lock.Path())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(mine, named), err
}
