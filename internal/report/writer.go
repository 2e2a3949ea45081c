package report

import (
	"fmt"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

// Writer writes a report, a line a row, in the order in which it is given
// them. It holds few rows in memory, or holds them tight. Not for concurrent use.
type Writer interface {
	// Write adds a row. After an error only Abort makes sense.
	Write(office.Result) error
	// Close gives the report its name, once all of it is on disk. Where an old
	// report of that name can't be replaced, it is named NAME-2. The summary is
	// of all rows; a report may have it in it.
	Close(*Summary) error
	// Abort leaves everything as it was before Create.
	Abort() error
	// Path is where the report is, after Close.
	Path() string
}

// Commit gives a report its name once all of it is on disk: NAME, or NAME-2
// and so on where the old one can't be replaced.
func Commit(f *atomicfile.File) error {
	if err := f.CommitBeside(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
