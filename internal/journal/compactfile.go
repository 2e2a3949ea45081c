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

// compact goes on with a journal in a file that has only what still counts,
// where that is worth it. At any moment the journal's name leads to the old
// file or the new one, whole and on disk. Where the new one can't be written,
// or not take the name (Windows: somebody reads the old one), the old one
// serves as before, and the next run tries again. It closes j if it returns
// another journal or an error.
func (j *Journal) compact(h Header) (*Journal, error) {
	lines, wasteful, err := j.worthCompacting()
	if err != nil || !wasteful {
		return j, nil // what can't be read is told when it is needed
	}
	b, err := j.writeReplacement(lines)
	if err != nil {
		return j, nil
	}
	lock, err := j.replaceWith(b)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrJournal, err), lock.Unlock())
	}
	return openUnder(lock, j.path, h)
}

// giveWay gives the journal's name to the new file, if it can. It returns the
// lock of the file that has the name then; the other one's is let go.
func (j *Journal) replaceWith(b *replacement) (*flock.Flock, error) {
	err := j.file.Close() // Windows gives no file the name of one that is open
	if os.Rename(b.name, b.path) != nil {
		return j.lock, errors.Join(err, b.discard())
	}
	err = errors.Join(err, atomicfile.SyncFolder(b.path))
	if b.lock == nil {
		return j.lock, err
	}
	return b.lock, errors.Join(err, j.lock.Unlock())
}

// beside is the new file of a journal, under a name for the meantime. Who holds
// the lock of the journal alone may have one, so what a killed process has
// left is overwritten.
type replacement struct {
	name string
	path string       // the journal's, less symbolic links
	lock *flock.Flock // of the new file, from before anybody can find it; nil on Windows, where the file beside stays locked
}

// writeBeside writes the new file, and puts it on disk.
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

// alike makes a file belong to whom the journal does, for the same users.
func (j *Journal) copyOwner(f *os.File) error {
	info, err := os.Stat(j.path)
	if err != nil {
		return err
	}
	return errors.Join(chownLike(f, info), f.Chmod(info.Mode().Perm()))
}

// lockNew locks the new file.
func (b *replacement) lockNew() (err error) {
	if runtime.GOOS != "windows" {
		b.lock, err = lockFile(b.name, b.path)
	}
	return err
}

// discard leaves everything as it was before.
func (b *replacement) discard() error {
	err := os.Remove(b.name)
	if b.lock != nil {
		err = errors.Join(err, b.lock.Unlock())
	}
	return err
}
