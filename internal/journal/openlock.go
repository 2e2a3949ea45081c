package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

// lockJournal locks the journal itself. Windows forbids to read what another
// handle has locked, so there a file beside it is locked. The file that was
// locked may be one that another process has just replaced, as it compacted
// the journal: then it is the new one's turn.
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

// lockFile locks a file, which is made if need be, for a journal.
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

// isNamed says whether the name of a locked file leads to it still.
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
