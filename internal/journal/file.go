package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// file is what a Journal needs of the disk.
type file interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error // returns once everything written would survive a power cut
	Close() error
}

// diskFile is a file that notices when its name no longer leads to it.
type diskFile struct {
	*os.File
}

// Sync also fails if the file was deleted or replaced meanwhile: what is written to it then is on disk, but nobody
// will find it.
func (f diskFile) Sync() error {
	if err := f.File.Sync(); err != nil {
		return err
	}
	mine, err := f.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(f.Name())
	if err != nil || !os.SameFile(mine, named) {
		return errors.Join(fmt.Errorf("%s was moved or deleted", f.Name()), err)
	}
	return nil
}
