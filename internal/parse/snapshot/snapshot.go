// Package snapshot keeps a file's bytes as they were when it was opened.
package snapshot

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"officeimporter/internal/parse/sheet"
)

// MaxInMemory is how many bytes of a file we keep in memory; a larger file is copied to a temporary one.
const MaxInMemory = 64 << 20

// Snapshot is a copy of a file's bytes. People go on editing a workbook while it is imported, and we must send what
// was checked. Reading is safe for concurrent use.
type Snapshot struct {
	io.ReaderAt
	size  int64
	Sum   func() [sha256.Size]byte // SHA-256 of the bytes; waits until it is computed
	spill *os.File                 // the temporary copy; nil while the bytes are in memory
}

// Take copies a file. If the path is at fault, the error is an *office.InputError of kind file_not_found, not_a_file
// or file_not_readable.
func Take(path string) (*Snapshot, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := Copy(f, size, MaxInMemory)
	if err != nil {
		return nil, sheet.Refuse("file_not_readable", 0, "can't be read to its end: %v", withoutPath(err))
	}
	return s, nil
}

func openFile(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, openError(err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		f.Close()
		return nil, 0, sheet.Refuse("not_a_file", 0, "is a folder; name the file in it")
	}
	if err == nil && info.Mode()&os.ModeDevice != 0 { // a device may have no end; a pipe does
		f.Close()
		return nil, 0, sheet.Refuse("not_a_file", 0, "is a device, not a file")
	}
	if err != nil {
		f.Close()
		return nil, 0, openError(err)
	}
	return f, info.Size(), nil
}

func openError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return sheet.Refuse("file_not_found", 0, "there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return sheet.Refuse("file_not_readable", 0, "this user may not read it")
	}
	return sheet.Refuse("file_not_readable", 0, "can't be opened (%v); is it open in another program?", withoutPath(err))
}

// withoutPath drops the operation and the path, which the message already has.
func withoutPath(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// Copy reads r to its end: shorter than limit bytes into memory, anything else into a temporary file. size is only a
// hint, as a pipe has none and a file may grow.
func Copy(r io.Reader, size, limit int64) (*Snapshot, error) {
	head := bytes.NewBuffer(make([]byte, 0, min(size, limit)+bytes.MinRead))
	n, err := head.ReadFrom(io.LimitReader(r, limit))
	if err != nil {
		return nil, err
	}
	s := &Snapshot{ReaderAt: bytes.NewReader(head.Bytes()), size: n}
	if n < limit {
		s.Sum = sumInBackground(head.Bytes())
		return s, nil
	}
	digest := sha256.New()
	err = s.spillOver(io.TeeReader(io.MultiReader(head, r), digest))
	s.Sum = func() (sum [sha256.Size]byte) { digest.Sum(sum[:0]); return sum }
	return s, err
}

// sumInBackground computes a SHA-256 while the caller goes on with the content.
func sumInBackground(content []byte) (sum func() [sha256.Size]byte) {
	done := make(chan [sha256.Size]byte, 1)
	go func() { done <- sha256.Sum256(content) }()
	return sync.OnceValue(func() [sha256.Size]byte { return <-done })
}

// spillOver moves the bytes to a file that only this user can read.
func (s *Snapshot) spillOver(r io.Reader) error {
	f, err := os.CreateTemp("", "officeimporter-*")
	if err != nil {
		return err
	}
	s.spill, s.ReaderAt = f, f
	if s.size, err = io.Copy(f, r); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// Size is the number of bytes.
func (s *Snapshot) Size() int64 { return s.size }

// Close removes the temporary copy, if there is one.
func (s *Snapshot) Close() error {
	if s.spill == nil {
		return nil
	}
	return errors.Join(s.spill.Close(), os.Remove(s.spill.Name()))
}

// Head returns the first n bytes, or all if there are fewer.
func (s *Snapshot) Head(n int64) ([]byte, error) {
	return io.ReadAll(io.NewSectionReader(s, 0, min(n, s.size)))
}

// HeadSize is how many bytes it takes to tell what a file is, unless it is a container.
const HeadSize = 4096
