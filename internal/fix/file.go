// Package fix writes a fix file: the rows that need a person, in the columns of the input, to be corrected and
// imported from there.
package fix

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
)

// File collects the rows that need a person in a fix file next to the input. It is created with the first such row.
// If it can't be written, the summary says so; it isn't an error, as the report has everything too. Not for
// concurrent use.
type File struct {
	sheet     *sheet.Sheet
	path      string
	checksums checksums
	file      *atomicfile.File // nil until a row needs a person
	sum       hash.Hash        // SHA-256 of what is written
	excerpt   Excerpt
	leftOut   int // how many rows didn't fit
	err       error
}

// New makes a fix file of a sheet with the name path, or path-2 and so on if a person has changed that file. folder
// is the user's state folder, which remembers what fix files looked like; if it is empty, every existing file counts
// as changed.
func New(s *sheet.Sheet, path, folder string) *File {
	return &File{sheet: s, path: path, checksums: checksums(folder), sum: sha256.New()}
}

// Add adds a row if it needs a person. The error is always nil.
func (f *File) Add(r office.Result) error {
	if !r.Outcome.NeedsPerson() || f.err != nil {
		return nil
	}
	if f.excerpt == nil {
		f.err = f.begin()
	}
	if f.err == nil {
		f.err = f.excerpt.Add(RowNoteOf(r, f.sheet.Unit))
	}
	if errors.Is(f.err, ErrExcerptFull) {
		f.leftOut++
		f.err = nil
	}
	return nil
}

func (f *File) begin() (err error) {
	if f.file, err = atomicfile.Create(f.path); err != nil {
		return err
	}
	f.excerpt, err = NewExcerpt(f.sheet, io.MultiWriter(f.file, f.sum))
	return err
}

// Finish gives the file its name and mentions it in the summary.
func (f *File) Finish(s *report.Summary) {
	if f.err == nil && f.excerpt != nil {
		f.err = f.close()
	}
	if f.err != nil {
		f.Abort()
		s.Notes = append(s.Notes, "the fix file was not written: "+f.err.Error())
		return
	}
	if f.file != nil {
		s.Fix = f.file.Path()
	}
	if f.leftOut > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("the fix file is full: it lacks the last %s that need a person", report.Counted(f.leftOut, "row")))
	}
}

func (f *File) close() error {
	err := f.excerpt.Close()
	f.excerpt = nil
	if err != nil {
		return err
	}
	names, err := f.checksums.freeNames(f.path, f.sheet.File)
	if err != nil {
		return err
	}
	file := f.file
	if err := file.CommitAs(names); err != nil {
		f.file = nil // CommitAs has removed it
		return err
	}
	f.checksums.save(file.Path(), f.sum.Sum(nil))
	return nil
}

// Abort removes the unfinished file. After Finish it does nothing.
func (f *File) Abort() {
	if f.excerpt != nil {
		f.excerpt.Abort()
	}
	if f.file != nil {
		_ = f.file.Abort() // at worst a temporary file stays
	}
	f.excerpt, f.file = nil, nil
}
