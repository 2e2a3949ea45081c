package main

import (
	"errors"
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// reportPath is where a report goes.
type reportPath struct {
	path  string
	extra bool // nobody asked for it: that it can't be written is a note, not an error
}

// reports are the files being written for one pass over the rows.
type reports []*reportFile

type reportFile struct {
	reportPath
	writer report.Writer // nil where there is none to go on with
	err    error         // why, of one that is extra
}

// createReports opens all that were asked for, or none.
func createReports(paths []reportPath) (reports, error) {
	var all reports
	for _, p := range paths {
		w, err := report.Create(p.path)
		if err != nil && !p.extra {
			all.abort()
			return nil, err
		}
		all = append(all, &reportFile{reportPath: p, writer: w, err: err})
	}
	return all, nil
}

// canReport tells before anything is sent that reports can't be written.
func canReport(paths []reportPath) error {
	files, err := createReports(paths)
	files.abort()
	return err
}

func (all reports) write(r office.Result) error {
	for _, f := range all {
		if f.writer == nil {
			continue
		}
		if err := f.writer.Write(r); err != nil && !f.extra {
			return err
		} else if err != nil {
			_ = f.writer.Abort() // what it would leave is a temporary file
			f.writer, f.err = nil, err
		}
	}
	return nil
}

func (all reports) abort() {
	for _, f := range all {
		if f.writer != nil {
			_ = f.writer.Abort() // what it would leave is a temporary file
		}
	}
}

// commit puts the reports in their places, all that can be, and says in the
// summary where they are.
func (all reports) commit(s *report.Summary) error {
	var failed []error
	for _, f := range all {
		if f.writer != nil {
			f.err = f.writer.Close(s)
		}
		switch {
		case f.err == nil:
			s.Reports = append(s.Reports, f.writer.Path())
		case f.extra:
			s.Notes = append(s.Notes, fmt.Sprintf("%s was not written: %s", f.path, f.err))
		default:
			failed = append(failed, f.err)
		}
	}
	return errors.Join(failed...)
}
