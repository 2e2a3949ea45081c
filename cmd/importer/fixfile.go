package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/report"
)

// fixFile takes the rows that need a person into a file beside the input, to
// be mended there and fed back. What goes wrong with it is a note in the
// summary: the report has all that it says.
type fixFile struct {
	job     *job
	path    string
	file    *atomicfile.File // nil until a row needs a person
	sum     hash.Hash        // of what is written
	excerpt parse.Excerpt
	more    int // rows that didn't fit
	err     error
}

func newFixFile(j *job) *fixFile {
	ending := ".csv"
	if j.sheet.Format == "xlsx" {
		ending = ".xlsx"
	}
	return &fixFile{job: j, path: stem(j.file) + fixMark + ending, sum: sha256.New()}
}

// add takes a row, if it needs a person.
func (f *fixFile) add(r office.Result) error {
	if !r.Outcome.NeedsPerson() || f.err != nil {
		return nil
	}
	if f.excerpt == nil {
		f.err = f.begin()
	}
	if f.err == nil {
		f.err = f.excerpt.Add(markOf(r, f.job.sheet.Unit))
	}
	if errors.Is(f.err, parse.ErrExcerptFull) {
		f.more++
		f.err = nil
	}
	return nil
}

func (f *fixFile) begin() (err error) {
	if f.file, err = atomicfile.Create(f.path); err != nil {
		return err
	}
	f.excerpt, err = f.job.sheet.Excerpt(io.MultiWriter(f.file, f.sum))
	return err
}

// finish gives the file its name, and says it in the summary.
func (f *fixFile) finish(s *report.Summary) {
	if f.err == nil && f.excerpt != nil {
		f.err = f.close()
	}
	if f.err != nil {
		f.abort()
		s.Notes = append(s.Notes, "the fix file was not written: "+f.err.Error())
		return
	}
	if f.file != nil {
		s.Fix = f.file.Path()
	}
	if f.more > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("the fix file is full: it lacks the last %s that need a person", counted(f.more, "row")))
	}
}

func (f *fixFile) close() error {
	err := f.excerpt.Close()
	f.excerpt = nil
	if err != nil {
		return err
	}
	names, err := fixNames(f.path, f.job.file)
	if err != nil {
		return err
	}
	file := f.file
	if err := file.CommitAs(names); err != nil {
		f.file = nil // it is gone
		return err
	}
	seal(file.Path(), f.sum.Sum(nil))
	return nil
}

// abort leaves everything as it was.
func (f *fixFile) abort() {
	if f.excerpt != nil {
		f.excerpt.Abort()
	}
	if f.file != nil {
		_ = f.file.Abort() // what it would leave is a temporary file
	}
	f.excerpt, f.file = nil, nil
}
