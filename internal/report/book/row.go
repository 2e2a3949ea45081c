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

// reportRow is what the workbook needs of a row, for the results and for the user's sheet.
type reportRow struct {
	Outcome uint8
	Line    report.CSVRow // not defused
	Row     int           // in the user's sheet; 0: not in the sheet
	Notes   []cellNote
}

// cellNote is a problem or warning about a cell.
type cellNote struct {
	Column string // its heading, or several joined by ", "; empty: see Field
	Field  string // if both are empty, the note is about the row
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

// rowStore compresses rows in memory, to about 100 bytes each. They have to wait because the summary before them
// isn't known until the end.
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

// all returns the rows. After that, none may be added.
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
