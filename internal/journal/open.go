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

// Header is the first line of a journal: whose it is.
type Header struct {
	Format      int    `json:"format"`            // set by OpenJournal
	Server      string `json:"server"`            // as the caller spells it; compared byte by byte
	Company     string `json:"company,omitempty"` // DP-Company-ID; empty: the key's own
	Input       string `json:"input"`             // the file of the first run
	InputSHA256 string `json:"input_sha256"`      // of that file, hex
}

// Open opens a journal to go on with it, or creates it with the header.
// It is the one process that has it open to write. A large journal of which
// most no longer counts is written anew (see Compacted). Errors: *MismatchError
// (another server or company), *DamageError, *FormatError, *InUseError, or an
// error that wraps ErrJournal where it can't be written.
func Open(path string, h Header) (*Journal, error) {
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

// openUnder opens a journal under its lock, which is let go where it can't be.
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

// openOn reads a journal, cuts what a crash has left at its end, and writes the
// header where there is none.
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

// repair makes the file end with a whole batch. None of what it cuts was
// acknowledged; the lines of a torn batch that came through are kept, as they
// are true, and a line says that the batch ends early.
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

// secure puts the last batch on disk, which may only seem to be there: a killed
// process may have left it written but not synced, and after a sync that failed
// some systems forget that it isn't on disk, so that the next sync works and
// means nothing. Hence it is written again. It must not get lost after a later
// batch is on disk: that would be damage.
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

// BelongsTo returns a *MismatchError where the journal is of another server or
// company; nil where it is empty.
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

// Read reads a journal without ever writing to it, also while a run
// writes it; it shows what was on disk when it was opened. A missing file is an
// error that wraps fs.ErrNotExist: the zero Journal, which is empty, may be
// used in its stead. Other errors: *DamageError, *FormatError.
func Read(path string) (*Journal, error) {
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

// BeginsLike returns a *DamageError where a file is none of ours, by its
// first line; nil where there is no file, or where it can't be read, which
// opening it will tell.
func BeginsLike(path string) error {
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

// replayToSize reads what is there now: of what a run adds meanwhile, a
// beginning would look like damage once there is more after it.
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
