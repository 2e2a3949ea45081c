package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"

	"officeimporter/internal/office"
)

// ReadRows reads the rows of a report in order. IsReport must have accepted the file. The result may be iterated more
// than once. Rows of a CSV report have no Body.
func ReadRows(path string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer f.Close()
		read := readCSV
		if isJSONLines(path) {
			read = readJSONLines
		}
		if err := read(f, func(r Row) bool { return yield(r, nil) }); err != nil {
			yield(Row{}, fmt.Errorf("%s: %w", path, err))
		}
	}
}

// IsReport reports whether ReadRows can read a file: its name ends in .jsonl, or it begins like a CSV report.
func IsReport(path string) (bool, error) {
	if isJSONLines(path) {
		return true, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	want := []byte(ByteOrderMark + csvHeading)
	have := make([]byte, len(want))
	n, err := io.ReadFull(f, have)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	return bytes.Equal(have[:n], want), nil
}

func isJSONLines(path string) bool { return strings.EqualFold(filepath.Ext(path), ".jsonl") }

const csvHeading = "row,status,office_id,name,country,problems,"

func readJSONLines(r io.Reader, yield func(Row) bool) error {
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			row, wrong := rowOfLine(line)
			if wrong != nil {
				return fmt.Errorf("line %d is not one of a report: %w", number, wrong)
			}
			if !yield(row) {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func rowOfLine(line []byte) (Row, error) {
	var r jsonRow
	if err := json.Unmarshal(line, &r); err != nil {
		return Row{}, err
	}
	if r.Version != jsonVersion {
		return Row{}, fmt.Errorf("it has version %d, and this program reads version %d", r.Version, jsonVersion)
	}
	return Row{Row: r.Row, Key: r.Key, Name: r.Name, Country: r.Country, Status: r.Status.String(), OfficeID: r.OfficeID, Body: r.Request}, nil
}

func readCSV(r io.Reader, yield func(Row) bool) error {
	text := bufio.NewReader(r)
	_, _ = text.Discard(len(ByteOrderMark)) // IsReport has checked it
	var rows []CSVRow
	if err := gocsv.UnmarshalCSV(csv.NewReader(text), &rows); err != nil {
		return err
	}
	for i := range rows {
		row, err := rows[i].row()
		if err != nil {
			return err
		}
		if !yield(row) {
			return nil
		}
	}
	return nil
}

func (c *CSVRow) row() (Row, error) {
	number, err := strconv.Atoi(c.Row)
	if err != nil {
		return Row{}, fmt.Errorf("column row: %q is not a number", c.Row)
	}
	return Row{Row: number, Key: office.Key(undefuse(c.Key)), Name: undefuse(c.Name), Country: undefuse(c.Country), Status: c.Status, OfficeID: undefuse(c.OfficeID)}, nil
}

// undefuse removes the apostrophe that defuse put before a cell.
func undefuse(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && defuse(rest) == cell {
		return rest
	}
	return cell
}
