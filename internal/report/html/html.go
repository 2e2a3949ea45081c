// Package html writes the page on which a person reviews what would be sent,
// or what came of it: one file that needs no network and no other file.
package html

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

const (
	plainRows = 100 // rows that the page shows without its script
	blockRows = 500 // rows of a block of data: a browser reads each by itself
)

// writer writes a page that needs nothing beside itself: no network, no
// other file. What stands first on it, the verdict, is known last; so the rows
// wait in a file of their own until the page is closed.
type writer struct {
	*atomicfile.File
	rows     *atomicfile.File // never gets its name: it is copied into the page
	encoder  *json.Encoder
	written  int
	readings readingTable
	counts   officeCounts
	first    []plainRow
}

// New writes a report as a page.
func New(f *atomicfile.File) (report.Writer, error) {
	rows, err := atomicfile.Create(f.Path())
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &writer{File: f, rows: rows, encoder: json.NewEncoder(rows)}, nil
}

// Write adds a row.
func (w *writer) Write(r office.Result) error {
	row, err := newPageRow(&r, &w.readings)
	if err == nil {
		err = w.add(row)
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	w.counts.add(row)
	if len(w.first) < plainRows {
		w.first = append(w.first, newPlainRow(row))
	}
	return nil
}

// add writes a row as JSON. The encoder escapes <, > and &, so that no cell can
// end the block.
func (w *writer) add(row *pageRow) error {
	before := ","
	if w.written%blockRows == 0 {
		before = w.blockEnd() + `<script type="application/json" class="rows">[`
	}
	w.written++
	if _, err := w.rows.WriteString(before); err != nil {
		return err
	}
	return w.encoder.Encode(row)
}

func (w *writer) blockEnd() string {
	if w.written == 0 {
		return ""
	}
	return "]</script>\n"
}

// Close puts the page together, and gives it its name.
func (w *writer) Close(s *report.Summary) error {
	if err := w.compose(s); err != nil {
		_ = w.Abort() // the first error is the one to tell
		return fmt.Errorf("report: %w", err)
	}
	return errors.Join(report.Commit(w.File), w.rows.Abort())
}

func (w *writer) compose(s *report.Summary) error {
	p := newPage(s, &w.counts, w.first)
	if err := pageTemplate.ExecuteTemplate(w.File, "head", p); err != nil {
		return err
	}
	if err := w.copyRows(); err != nil {
		return err
	}
	if err := writeFacts(w.File, s, p, &w.readings); err != nil {
		return err
	}
	return pageTemplate.ExecuteTemplate(w.File, "foot", p)
}

func (w *writer) copyRows() error {
	if _, err := w.rows.WriteString(w.blockEnd()); err != nil {
		return err
	}
	f, err := w.rows.Reopen()
	if err != nil {
		return err
	}
	_, err = io.Copy(w.File, f)
	return errors.Join(err, f.Close())
}

// Abort takes away what was written.
func (w *writer) Abort() error { return errors.Join(w.rows.Abort(), w.File.Abort()) }
