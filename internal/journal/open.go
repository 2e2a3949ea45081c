package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gofrs/flock"

	"officeimporter/internal/atomicfile"
)

// format is the version of the lines.
const format = 1

// Header is the first line of a journal. It says whose journal it is.
type Header struct {
	Format      int    `json:"format"`            // set by Open
	Server      string `json:"server"`            // as the caller spells it; compared byte by byte
	Company     string `json:"company,omitempty"` // DP-Company-ID; empty: the key's own
	Input       string `json:"input"`             // the first run's file
	InputSHA256 string `json:"input_sha256"`      // the hash of that file, in hex
}

// Open opens a journal to continue it, or creates it with the header. Only one process at a time can have it open for
// writing. A large journal that is mostly history is rewritten (see Compacted). Errors: *MismatchError (another
// server or company), *DamageError, *FormatError, *InUseError, or an error that wraps ErrJournal if it can't be
// written.
func Open(path string, h Header) (*Journal, error) {
	if err := checkRegular(path); err != nil {
		return nil, err
	}
	lock, err := lockJournal(path)
	if err != nil {
		return nil, err
	}
	j, err := openUnder(lock, path, h)
	if err != nil {
		return nil, err
	}
	return j.compact(h)
}

// openUnder opens a journal under its lock, and releases the lock if that fails.
func openUnder(lock *flock.Flock, path string, h Header) (*Journal, error) {
	j, err := openLocked(path, h)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	j.lock = lock
	return j, nil
}

func openLocked(path string, h Header) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJournal, err)
	}
	j, err := openOn(diskFile{f}, path, h)
	if err == nil {
		err = atomicfile.SyncFolder(path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

// openOn reads a journal, cuts off what a crash has left at its end, and writes the header if there is none.
func openOn(f file, path string, h Header) (*Journal, error) {
	j := &Journal{path: path, file: f, index: newIndex()}
	r, err := j.replay(f)
	if err != nil {
		return nil, err
	}
	if r.batch > 0 {
		if err := j.header.matches(path, h); err != nil {
			return nil, err
		}
	}
	if err := j.repair(r, h); err != nil {
		return nil, err
	}
	return j, nil
}

// repair makes the file end with a whole batch. Nothing that it cuts off was acknowledged. The good lines of a torn
// batch are kept, since they are true, and a new line says that the batch ends early.
func (j *Journal) repair(r *replay, h Header) error {
	var err error
	if r.torn > 0 {
		err = j.file.Truncate(r.end)
	}
	if err = errors.Join(err, j.rewriteLast(r.start, r.end)); err != nil {
		return fmt.Errorf("%w: %w", ErrJournal, err)
	}
	if !r.whole() {
		return j.append(content(cut, "", "", "", []byte(`{}`)))
	}
	if r.batch > 0 {
		return nil
	}
	return j.writeHeader(h)
}

// rewriteLast writes the last batch again, since it may only seem to be on disk: a killed process may have written
// but not synced it, and after a failed sync some systems forget that it isn't on disk, so that the next sync
// succeeds and means nothing. If it were lost after a later batch is on disk, that would be damage.
func (j *Journal) rewriteLast(start, end int64) error {
	batch, err := io.ReadAll(io.NewSectionReader(j.file, start, end-start))
	if err != nil {
		return err
	}
	if _, err := j.file.WriteAt(batch, start); err != nil {
		return err
	}
	return j.file.Sync()
}

func (j *Journal) writeHeader(h Header) error {
	h.Format = format
	j.header = h
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return j.append(content(header, "", "", "", text))
}

// BelongsTo returns a *MismatchError if the journal is for another server or company; nil if it is empty.
func (j *Journal) BelongsTo(h Header) error {
	if j.header.Server == "" {
		return nil
	}
	return j.header.matches(j.path, h)
}

func (h *Header) matches(path string, want Header) error {
	if h.Server != want.Server {
		return &MismatchError{Path: path, What: "server", Have: h.Server, Want: want.Server, Input: h.Input}
	}
	if h.Company != want.Company {
		return &MismatchError{Path: path, What: "company", Have: h.Company, Want: want.Company, Input: h.Input}
	}
	return nil
}

// Read opens a journal without ever writing to it, also while a run writes it; it shows what was on disk when it was
// opened. If the file is missing, the error wraps fs.ErrNotExist, and the caller may use the zero Journal, which is
// empty. Other errors: *DamageError, *FormatError.
func Read(path string) (*Journal, error) {
	if err := checkRegular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	j := &Journal{path: path, file: diskFile{f}, index: newIndex(), err: fmt.Errorf("%w: %s: %w", ErrJournal, path, errReadOnly)}
	if err := j.replayToSize(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

// checkRegular returns a *NotFileError if the path leads to a folder, a device or a pipe: reading one may never end,
// and what is written to it may never come back. It returns nil if there is no file.
func checkRegular(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return &NotFileError{Path: path, Folder: info.IsDir()}
	}
	return nil
}

// BeginsLike returns an error if a file can't be a journal: a *NotFileError, or a *DamageError if it is not one of
// ours by its first line. It returns nil if there is no file, or if it can't be read, since opening it reports that.
func BeginsLike(path string) error {
	if err := checkRegular(path); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	first := newScanner(f)
	if _, err := first.scan(); err != nil {
		return nil
	}
	r := &replay{path: path}
	return r.run(io.NewSectionReader(f, 0, first.next), func(*line, location) error { return nil })
}

// replayToSize reads what is there now. If a run is adding a line, the first half of it would look like damage once
// more follows.
func (j *Journal) replayToSize(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	_, err = j.replay(io.NewSectionReader(f, 0, info.Size()))
	return err
}

// replay reads lines into the index.
func (j *Journal) replay(lines io.ReaderAt) (*replay, error) {
	r := &replay{path: j.path}
	err := r.run(lines, func(l *line, at location) error {
		switch l.kind {
		case header:
			return j.readHeader(l)
		case compacted:
			return j.readCompactionMark(l)
		}
		j.index.add(l, at)
		return nil
	})
	j.batch, j.end = r.batch, r.end
	return r, err
}

func (j *Journal) readHeader(l *line) error {
	if err := json.Unmarshal(l.json, &j.header); err != nil {
		return &DamageError{Path: j.path, Line: 1, Why: "is not the first line of a journal"}
	}
	if j.header.Format != format {
		return &FormatError{Path: j.path, Format: j.header.Format}
	}
	return nil
}
