// Package parse opens a file of offices: it tells the format by the content and lets the reader of that format make a
// sheet.Sheet.
//
// No row is lost silently: what can't be read is a Problem of its row, or an office.InputError for the file.
package parse

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/delimited"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
	"officeimporter/internal/parse/xlsx"
)

// Open takes a snapshot of the file, tells its format by the content, and finds its heading. The caller must close
// the Sheet.
//
// If the file is at fault, the error is an *office.InputError with a kind such as file_not_found,
// unsupported_format:xls, encrypted, no_header or no_rows. A file name whose ending doesn't fit the content is a
// warning (extension_mismatch).
func Open(path string, o sheet.Options) (*sheet.Sheet, error) {
	src, err := snapshot.Take(path)
	if err != nil {
		return nil, sheet.InFile(err, path, "")
	}
	s, err := openSnapshot(src, path, o)
	if err != nil {
		return nil, errors.Join(sheet.InFile(err, path, ""), src.Close())
	}
	return s, nil
}

func openSnapshot(src *snapshot.Snapshot, path string, o sheet.Options) (*sheet.Sheet, error) {
	format, err := sniff(src)
	if err != nil {
		return nil, err
	}
	open := delimited.Open
	if format == formatWorkbook {
		open = xlsx.Open
	}
	s, err := open(src, o)
	if err != nil {
		return nil, sheet.InFile(err, path, format.unit())
	}
	s.SHA256 = src.Sum()
	s.Warnings = append(s.Warnings, extensionWarnings(path, format)...)
	return s, s.Attach(path, format.unit(), src)
}

var (
	workbookEndings = []string{".xlsx", ".xlsm", ".xltx", ".xltm"}
	otherEndings    = []string{".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".html", ".htm"}
)

// extensionWarnings warns if the ending of the name doesn't fit the content. A text file may have any ending that
// isn't another format's.
func extensionWarnings(path string, format fileFormat) []office.Problem {
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
