package parse

import (
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"officeimporter/internal/office"
)

// Open takes a snapshot of the file, finds out by its content what it is, and
// finds its heading. The Sheet must be closed.
//
// Where the file is at fault the error is an *office.InputError, with a kind
// such as file_not_found, unsupported_format:xls, encrypted, no_header or
// no_rows. A name that says something else than the content is a warning
// (extension_mismatch).
func Open(path string, o Options) (*Sheet, error) {
	src, err := takeSnapshot(path)
	if err != nil {
		return nil, inFile(err, path, "")
	}
	s, err := openSnapshot(src, path, o)
	if err != nil {
		return nil, errors.Join(inFile(err, path, ""), src.Close())
	}
	return s, nil
}

func openSnapshot(src *snapshot, path string, o Options) (*Sheet, error) {
	format, err := sniff(src)
	if err != nil {
		return nil, err
	}
	s, err := openAs(format, src, o)
	if err != nil {
		return nil, inFile(err, path, format.unit())
	}
	s.File, s.Unit, s.SHA256 = path, format.unit(), src.sum()
	s.Warnings = append(s.Warnings, mismatch(path, format)...)
	s.nameErrors()
	if err := s.firstRow(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.closeAlso(src)
	return s, nil
}

func openAs(format fileFormat, src *snapshot, o Options) (*Sheet, error) {
	if format == formatWorkbook {
		return openWorkbook(src, o)
	}
	return openText(src, o)
}

// nameErrors lets the errors of the rows name the file, which the readers
// don't know.
func (s *Sheet) nameErrors() {
	rows := s.rows
	s.rows = func() iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			for row, err := range rows() {
				if !yield(row, inFile(err, s.File, s.Unit)) {
					return
				}
			}
		}
	}
}

// closeAlso gives the snapshot back after whatever the reader has taken.
func (s *Sheet) closeAlso(src *snapshot) {
	first := s.close
	s.close = func() error {
		if first == nil {
			return src.Close()
		}
		return errors.Join(first(), src.Close())
	}
}

// firstRow makes sure that there is one.
func (s *Sheet) firstRow() error {
	for _, err := range s.rows() {
		return err
	}
	return inFile(refuse("no_rows", 0, "there is a heading (%s %d), but no row below it", s.Unit, s.HeaderRow), s.File, s.Unit)
}

var (
	workbookEndings = []string{".xlsx", ".xlsm", ".xltx", ".xltm"}
	otherEndings    = []string{".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".html", ".htm"}
)

// mismatch warns of a name that says something else than the content. A text
// file may have any ending that isn't another format's.
func mismatch(path string, format fileFormat) []office.Problem {
	ending := strings.ToLower(filepath.Ext(path))
	isWorkbook := slices.Contains(workbookEndings, ending)
	if isWorkbook == (format == formatWorkbook) && !slices.Contains(otherEndings, ending) {
		return nil
	}
	return []office.Problem{{
		Kind:    "extension_mismatch",
		Value:   ending,
		Message: fmt.Sprintf("the name ends in %q, but the content is %s; it was read as that", ending, format),
	}}
}

// refuse is why the file can't be used; row 0 is the whole file. The file's
// name and unit are filled in by Open.
func refuse(kind office.ProblemKind, row int, format string, args ...any) error {
	p := office.Problem{Row: row, Kind: kind, Message: fmt.Sprintf(format, args...)}
	return &office.InputError{Problems: []office.Problem{p}}
}

// inFile fills in what an InputError doesn't know yet of its file.
func inFile(err error, path, unit string) error {
	if e, ok := errors.AsType[*office.InputError](err); ok {
		e.File = path
		if e.Unit == "" {
			e.Unit = unit
		}
	}
	return err
}
