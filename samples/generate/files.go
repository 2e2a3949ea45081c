package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"os"
	"strconv"

	"github.com/xuri/excelize/v2"
)

func writeCSV(path string, m *maker, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buffer := bufio.NewWriterSize(f, 1<<20)
	buffer.WriteString(bom) // Flush returns its error
	w := csv.NewWriter(buffer)
	w.UseCRLF = true
	w.Write(m.heading())
	for range rows {
		w.Write(m.next())
	}
	w.Flush()
	return errors.Join(w.Error(), buffer.Flush())
}

// writeWorkbook streams, because a million rows don't fit in memory.
func writeWorkbook(path string, m *maker, rows int) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName(f.GetSheetName(0), "Offices"); err != nil {
		return err
	}
	if err := streamRows(f, m, rows); err != nil {
		return err
	}
	return save(f, path)
}

// save keeps the usual file mode; excelize would make the file executable.
func save(f *excelize.File, path string) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return f.Write(file)
}

func streamRows(f *excelize.File, m *maker, rows int) error {
	w, err := f.NewStreamWriter("Offices")
	if err != nil {
		return err
	}
	if err := w.SetRow("A1", cells(m.heading())); err != nil {
		return err
	}
	for i := range rows {
		if err := w.SetRow("A"+strconv.Itoa(i+2), cells(m.next())); err != nil {
			return err
		}
	}
	return w.Flush()
}

func cells(record []string) []any {
	values := make([]any, len(record))
	for i, text := range record {
		values[i] = text
	}
	return values
}
