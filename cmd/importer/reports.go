package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/report/book"
	"officeimporter/internal/report/html"
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
func createReports(paths []reportPath, own *io.SectionReader) (reports, error) {
	var all reports
	for _, p := range paths {
		w, err := createReport(p.path, own)
		if err != nil && !p.extra {
			all.abort()
			return nil, err
		}
		all = append(all, &reportFile{reportPath: p, writer: w, err: err})
	}
	return all, nil
}

// canReport tells before anything is sent that reports can't be written.
func canReport(paths []reportPath, own *io.SectionReader) error {
	files, err := createReports(paths, own)
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

// createReport starts a report. The ending of the path says which kind: .csv,
// .html, .jsonl or .xlsx, whatever the case. The own workbook is the one that
// was read, for a report that is one; nil where the file was none.
func createReport(path string, own *io.SectionReader) (report.Writer, error) {
	start := writers[strings.ToLower(filepath.Ext(path))]
	if start == nil {
		return nil, fmt.Errorf("report %q: the ending says what to write: .csv, .html, .jsonl or .xlsx", path)
	}
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	w, err := start(f, own)
	if err != nil {
		_ = f.Abort() // the first error is the one to tell
		return nil, err
	}
	return w, nil
}

var writers = map[string]func(*atomicfile.File, *io.SectionReader) (report.Writer, error){
	".csv":   func(f *atomicfile.File, _ *io.SectionReader) (report.Writer, error) { return report.NewCSV(f) },
	".html":  func(f *atomicfile.File, _ *io.SectionReader) (report.Writer, error) { return html.New(f) },
	".jsonl": func(f *atomicfile.File, _ *io.SectionReader) (report.Writer, error) { return report.NewJSONLines(f) },
	".xlsx":  book.New,
}
