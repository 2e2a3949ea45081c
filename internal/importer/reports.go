package importer

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

// Report is a report to write. The extension of the path says which kind: .csv, .html, .jsonl or .xlsx.
type Report struct {
	Path  string
	Extra bool // nobody asked for it: if it can't be written, that is a note, not an error
}

// reports returns the given reports, or the defaults next to the input. The mark keeps a check or a rehearsal from
// overwriting the report of a run. A workbook also gets a workbook, as spreadsheet programs cut long ids in a CSV.
func (f *File) reports(given []Report, mark string) []Report {
	if given != nil {
		return given
	}
	own := []Report{{Path: OwnStem(f.path) + mark + ".csv"}}
	if f.workbook() != nil {
		own = append(own, Report{Path: OwnStem(f.path) + mark + ".xlsx", Extra: true})
	}
	return own
}

// reports are the files being written for one pass over the rows.
type reports []*reportFile

type reportFile struct {
	Report
	writer report.Writer // nil once an extra report has failed
	err    error         // why it failed
}

// createReports starts all reports, or none.
func createReports(paths []Report, own *io.SectionReader) (reports, error) {
	var all reports
	for _, p := range paths {
		w, err := createReport(p.Path, own)
		if err != nil && !p.Extra {
			all.abort()
			return nil, err
		}
		all = append(all, &reportFile{Report: p, writer: w, err: err})
	}
	return all, nil
}

// canReport finds out, before anything is sent, whether reports can be written.
func canReport(paths []Report, own *io.SectionReader) error {
	files, err := createReports(paths, own)
	files.abort()
	return err
}

func (all reports) write(r office.Result) error {
	for _, f := range all {
		if f.writer == nil {
			continue
		}
		if err := f.writer.Write(r); err != nil && !f.Extra {
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

// commit gives the reports their names, even if one fails, and adds their paths to the summary.
func (all reports) commit(s *report.Summary) error {
	var failed []error
	for _, f := range all {
		if f.writer != nil {
			f.err = f.writer.Close(s)
		}
		switch {
		case f.err == nil:
			s.Reports = append(s.Reports, f.writer.Path())
		case f.Extra:
			s.Notes = append(s.Notes, fmt.Sprintf("%s was not written: %s", f.Path, f.err))
		default:
			failed = append(failed, f.err)
		}
	}
	return errors.Join(failed...)
}

// createReport starts a report. A workbook report is a copy of own, the workbook that was read; nil if the file was
// not a workbook.
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
