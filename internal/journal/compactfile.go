package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"

	"officeimporter/internal/atomicfile"
)

// compact continues with a journal in a new file without the history, if that is worth it. At any moment the
// journal's name leads to the old file or the new one, complete and on disk. If the new file can't be written or
// can't take the name (on Windows, while somebody reads the old one), the old one stays in use and the next run tries
// again. compact closes j if it returns another journal or an error.
func (j *Journal) compact(h Header) (*Journal, error) {
	lines, wasteful, err := j.worthCompacting()
	if err != nil || !wasteful {
		return j, nil // an error in reading shows up when the line is needed
	}
	b, err := j.writeReplacement(lines)
	if err != nil {
		return j, nil
	}
	lock, err := j.switchTo(b)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrJournal, err), lock.Unlock())
	}
	return openUnder(lock, j.path, h)
}

// switchTo gives the journal's name to the new file, if it can. It returns the lock of the file that has the name
// afterwards, and releases the other one.
func (j *Journal) switchTo(b *replacement) (*flock.Flock, error) {
	err := j.file.Close() // Windows can't rename a file to the name of an open one
	if os.Rename(b.name, b.path) != nil {
		return j.lock, errors.Join(err, b.discard())
	}
	err = errors.Join(err, atomicfile.SyncFolder(b.path))
	if b.lock == nil {
		return j.lock, err
	}
	return b.lock, errors.Join(err, j.lock.Unlock())
}

// replacement is the new file of a journal, under a temporary name. Only the holder of the journal's lock may have
// one, so it may overwrite what a killed process has left.
type replacement struct {
	name string
	path string       // the journal's, with symbolic links resolved
	lock *flock.Flock // taken before anybody can find the new file; nil on Windows, where the separate lock file stays locked
}

// writeReplacement writes the new file and syncs it.
func (j *Journal) writeReplacement(lines []keptLine) (b *replacement, err error) {
	path, err := filepath.EvalSymlinks(j.path)
	if err != nil {
		return nil, err
	}
	folder, name := filepath.Split(path)
	b = &replacement{name: filepath.Join(folder, "."+name+".new"), path: path}
	if err := os.Remove(b.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := os.OpenFile(b.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	err = errors.Join(b.lockNew(), j.copyOwner(f), j.writeCompacted(f, lines, time.Now()), f.Sync(), f.Close())
	if err != nil {
		return nil, errors.Join(err, b.discard())
	}
	return b, nil
}

// copyOwner gives a file the owner and the permissions of the journal.
func (j *Journal) copyOwner(f *os.File) error {
	info, err := os.Stat(j.path)
	if err != nil {
		return err
	}
	return errors.Join(chownLike(f, info), f.Chmod(info.Mode().Perm()))
}

func (b *replacement) lockNew() (err error) {
	if runtime.GOOS != "windows" {
		b.lock, err = lockFile(b.name, b.path)
	}
	return err
}

// discard removes the new file.
func (b *replacement) discard() error {
	err := os.Remove(b.name)
	if b.lock != nil {
		err = errors.Join(err, b.lock.Unlock())
	}
	return err
}
