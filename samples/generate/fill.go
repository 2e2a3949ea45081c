package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/mapping/template"
)

// bom lets Excel read a CSV file as UTF-8.
const bom = "\ufeff"

// fillTemplate writes the rows of a CSV into the template, as text.
func fillTemplate(from, to string) (err error) {
	records, err := readCSV(from)
	if err != nil {
		return err
	}
	var tmpl bytes.Buffer
	if err := template.Write(&tmpl); err != nil {
		return err
	}
	f, err := excelize.OpenReader(&tmpl)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := fillRows(f, records[1:]); err != nil {
		return err
	}
	return save(f, to)
}

func readCSV(path string) ([][]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), bom))).ReadAll()
}

// fillRows keeps the heading and skips empty cells.
func fillRows(f *excelize.File, records [][]string) error {
	for i, record := range records {
		for j, text := range record {
			if err := fillCell(f, j+1, i+2, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func fillCell(f *excelize.File, column, row int, text string) error {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil || text == "" {
		return err
	}
	return f.SetCellStr("Offices", cell, text)
}
