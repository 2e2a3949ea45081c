// Package report says what happened to every row: the CSV and JSON lines reports, the summary, and reading and
// comparing reports. The review page and the workbook report are in packages html and book.
package report

import (
	"fmt"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

// Writer writes a report, one line per row, in the order of the calls. It keeps few rows in memory, or keeps them
// compressed. Not for concurrent use.
type Writer interface {
	// Write adds a row. After an error, only Abort may be called.
	Write(office.Result) error
	// Close finishes the report and gives it its name once it is on disk: NAME, or NAME-2 and so on if an old report
	// can't be replaced. The summary must include all rows.
	Close(*Summary) error
	// Abort removes what was written; an old report stays as it was.
	Abort() error
	// Path returns where the report is, after Close.
	Path() string
}

// Commit gives a report its name once it is on disk: NAME, or NAME-2 and so on if an old report can't be replaced.
func Commit(f *atomicfile.File) error {
	if err := f.CommitBeside(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
