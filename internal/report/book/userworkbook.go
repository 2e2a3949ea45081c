package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/report"
)

const (
	// maxUserCells limits the cells of the user's workbook. excelize keeps a sheet in memory with about 500 bytes per
	// cell, including all cells before the last one in a row and all rows before the last.
	maxUserCells = 300_000
	// maxUserBytes limits its unpacked size.
	maxUserBytes = 64 << 20
)

// userWorkbook is the workbook that was imported.
type userWorkbook struct {
	sheet   string // the sheet that was imported
	content []byte

	parts   map[string][]byte // contents by name, before any change
	changed map[string]bool   // names of parts that may change
}

// readUserWorkbook reads the user's workbook, or returns nil if there is none. The error says why it can't be in the
// report.
func readUserWorkbook(sheet string, from *io.SectionReader) (*userWorkbook, error) {
	if from == nil {
		return nil, nil
	}
	if from.Size() > maxUserBytes {
		return nil, errLarge
	}
	content := make([]byte, from.Size())
	if _, err := from.ReadAt(content, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := fits(content); err != nil {
		return nil, err
	}
	return &userWorkbook{sheet: sheet, content: content}, nil
}

var errLarge = fmt.Errorf("the workbook has more than %s cells, or %d MB", report.Thousands(maxUserCells), maxUserBytes>>20)

// fits returns an error for a workbook that is too large for memory or that excelize is known to spoil.
func fits(content []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	size, cells := uint64(0), 0
	for _, part := range archive.File {
		if size += part.UncompressedSize64; size > maxUserBytes {
			return errLarge
		}
	}
	for _, part := range archive.File {
		n, err := examine(part)
		if err != nil {
			return err
		}
		if cells += n; cells > maxUserCells {
			return errLarge
		}
	}
	return nil
}

// examine returns the number of cells in a part.
func examine(part *zip.File) (cells int, err error) {
	switch {
	case strings.Contains(part.Name, "macrosheets/"):
		return 0, errors.New("it has sheets of macros")
	case !strings.HasPrefix(part.Name, "xl/worksheets/sheet") && part.Name != "xl/workbook.xml":
		return 0, nil
	}
	file, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxUserBytes))
	if err != nil {
		return 0, err
	}
	if bytes.Contains(content[:min(len(content), 4096)], []byte("http://purl.oclc.org/ooxml")) {
		return 0, errors.New(`it is a "Strict Open XML" workbook`)
	}
	return heldCells(content), nil
}

// heldCells returns how many cells excelize keeps for a sheet: in each row up to the last cell, plus one for each row
// up to the last.
func heldCells(sheet []byte) int {
	cells, last, row := 0, 0, 0
	for name, rest := range tags(sheet) {
		attributes, _, _ := bytes.Cut(rest, []byte(">"))
		_, ref, _ := bytes.Cut(attributes, []byte("r=")) // no other attribute ends in r
		ref = bytes.TrimLeft(ref, `"'`)
		switch string(name) {
		case "row":
			cells, last, row = cells+last, 0, max(row+1, digits(ref))
		case "c":
			last = max(last+1, columnOf(ref))
		}
	}
	return cells + last + row
}

// tags returns the start tags of a sheet: the name without prefix, and the text from there on.
func tags(sheet []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, rest []byte) bool) {
		for {
			_, rest, found := bytes.Cut(sheet, []byte("<"))
			if !found {
				return
			}
			end := max(0, bytes.IndexAny(rest, " \t\r\n/>"))
			name := rest[:end]
			if colon := bytes.IndexByte(name, ':'); colon >= 0 {
				name = name[colon+1:]
			}
			if sheet = rest[end:]; len(name) > 0 && name[0] != '?' && name[0] != '!' && !yield(name, sheet) {
				return
			}
		}
	}
}

// digits returns the number at the start of a text, at most the number of rows of a sheet.
func digits(text []byte) (n int) {
	for _, c := range text {
		if c < '0' || c > '9' {
			break
		}
		n = min(n*10+int(c-'0'), excelize.TotalRows)
	}
	return n
}

// columnOf returns the column number in a cell reference, from 1; 0 if there is none.
func columnOf(ref []byte) (n int) {
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		n = min(n*26+int(c-'A')+1, excelize.MaxColumns)
	}
	return n
}
