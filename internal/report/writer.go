package report

import (
	"fmt"
	"path/filepath"
	"strings"

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

// Create starts a report. The ending of the path says which kind: .csv, .html,
// .jsonl or .xlsx, whatever the case.
func Create(path string) (Writer, error) {
	start := writers[strings.ToLower(filepath.Ext(path))]
	if start == nil {
		return nil, fmt.Errorf("report %q: the ending says what to write: .csv, .html, .jsonl or .xlsx", path)
	}
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	w, err := start(&output{f})
	if err != nil {
		_ = f.Abort() // the first error is the one to tell
		return nil, err
	}
	return w, nil
}

var writers = map[string]func(*output) (Writer, error){
	".csv":   newCSV,
	".html":  newHTML,
	".jsonl": newJSONLines,
	".xlsx":  newBook,
}

// output is the file of a report.
type output struct{ *atomicfile.File }

// finish gives the file its name.
func (o *output) finish() error {
	if err := o.CommitBeside(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
