// Package html writes the page on which people review what would be sent, or see what happened: a single file that
// works offline.
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
	plainRows = 100 // rows that the page shows without JavaScript
	blockRows = 500 // rows in a block of data, which the browser parses one at a time
)

// writer writes the page. The verdict is at the top but is known only at the end, so the rows wait in a temporary
// file until Close.
type writer struct {
	*atomicfile.File
	rows     *atomicfile.File // temporary: it is copied into the page
	encoder  *json.Encoder
	written  int
	readings readingTable
	counts   officeCounts
	first    []plainRow
}

// New returns a Writer of the review page.
func New(f *atomicfile.File) (report.Writer, error) {
	rows, err := atomicfile.Create(f.Path())
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &writer{File: f, rows: rows, encoder: json.NewEncoder(rows)}, nil
}

// Write implements report.Writer.
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

// add writes a row as JSON. The encoder escapes <, > and &, so that no cell can end the script block.
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

// Close implements report.Writer.
func (w *writer) Close(s *report.Summary) error {
	if err := w.compose(s); err != nil {
		_ = w.Abort() // the first error is the one to report
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

// Abort implements report.Writer.
func (w *writer) Abort() error { return errors.Join(w.rows.Abort(), w.File.Abort()) }
