// Package fix writes the rows that need a person into a file of their own, in
// the columns of the input, so that they can be corrected there and imported.
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

// File takes the rows that need a person into a file next to the input, to
// be corrected there and imported. It is made when the first such row comes.
// What goes wrong with it is a note in the summary: the report has all that it
// says. Not for concurrent use.
type File struct {
	sheet     *sheet.Sheet
	path      string
	checksums checksums
	file      *atomicfile.File // nil until a row needs a person
	sum       hash.Hash        // of what is written
	excerpt   Excerpt
	leftOut   int // rows that didn't fit
	err       error
}

// New is a fix file of a sheet that will be called path, or where a
// person has changed that one, path-2 and so on. The folder is the user's for
// state, to tell which files a person has changed; where it is empty, all are.
func New(s *sheet.Sheet, path, folder string) *File {
	return &File{sheet: s, path: path, checksums: checksums(folder), sum: sha256.New()}
}

// Add takes a row, if it needs a person.
func (f *File) Add(r office.Result) error {
	if !r.Outcome.NeedsPerson() || f.err != nil {
		return nil
	}
	if f.excerpt == nil {
		f.err = f.begin()
	}
	if f.err == nil {
		f.err = f.excerpt.Add(MarkOf(r, f.sheet.Unit))
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

// Finish gives the file its name, and says it in the summary.
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
		f.file = nil // it is gone
		return err
	}
	f.checksums.save(file.Path(), f.sum.Sum(nil))
	return nil
}

// Abort leaves everything as it was. After Finish it does nothing.
func (f *File) Abort() {
	if f.excerpt != nil {
		f.excerpt.Abort()
	}
	if f.file != nil {
		_ = f.file.Abort() // what it would leave is a temporary file
	}
	f.excerpt, f.file = nil, nil
}
