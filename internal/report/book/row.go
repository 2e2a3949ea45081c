package book

import (
	"bytes"
	"compress/flate"
	"encoding/gob"
	"errors"
	"io"
	"iter"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// reportRow is what a workbook says of a row: in the sheet of results, and at
// the cells of the user's own sheet.
type reportRow struct {
	Outcome uint8
	Line    report.CSVRow // not defused
	Row     int           // of the user's sheet; 0: it isn't there
	Notes   []cellNote
}

// cellNote is about a cell.
type cellNote struct {
	Column string // its heading; several are joined by ", "; empty: see Field
	Field  string // empty too: the row as a whole
	Text   string
	Doubt  bool // the value may well be right
}

func newReportRow(r *office.Result) *reportRow {
	row := &reportRow{Outcome: uint8(r.Outcome), Line: report.NewCSVRow(r, "\n"), Row: r.Request.Row}
	for _, p := range report.Problems(*r) {
		row.Notes = append(row.Notes, newCellNote(&p, false))
	}
	for _, p := range r.Request.Warnings {
		row.Notes = append(row.Notes, newCellNote(&p, true))
	}
	return row
}

func newCellNote(p *office.Problem, doubt bool) cellNote {
	text := p.Message
	if p.Suggestion != "" {
		text += "; " + p.Suggestion
	}
	return cellNote{Column: p.Column, Field: p.Field, Text: text, Doubt: doubt}
}

// rowStore holds rows tight in memory, some 100 bytes each: what stands in
// front of them in the workbook is known only when all have been seen.
type rowStore struct {
	data    bytes.Buffer
	flat    *flate.Writer
	encoder *gob.Encoder
	count   int
}

func newRowStore() (*rowStore, error) {
	rows := &rowStore{}
	var err error
	rows.flat, err = flate.NewWriter(&rows.data, flate.BestSpeed)
	rows.encoder = gob.NewEncoder(rows.flat)
	return rows, err
}

func (b *rowStore) add(row *reportRow) error {
	b.count++
	return b.encoder.Encode(row)
}

// all are the rows; none can be added any more.
func (b *rowStore) all() iter.Seq2[*reportRow, error] {
	return func(yield func(*reportRow, error) bool) {
		if err := b.flat.Close(); err != nil {
			yield(nil, err)
			return
		}
		decoder := gob.NewDecoder(flate.NewReader(bytes.NewReader(b.data.Bytes())))
		for {
			row := new(reportRow)
			err := decoder.Decode(row)
			if errors.Is(err, io.EOF) || !yield(row, err) || err != nil {
				return
			}
		}
	}
}
