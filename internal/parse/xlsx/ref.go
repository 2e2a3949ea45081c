package xlsx

import (
	"bytes"
	"strconv"
)

// The largest size of a worksheet.
const (
	maxSheetRow    = 1 << 20
	maxSheetColumn = 1 << 14
)

// cellRange is a rectangle of cells, all edges included; rows count from 1, columns from 0.
type cellRange struct{ top, left, bottom, right int }

// parseRange reads "B2:B4" or "B2".
func parseRange(ref []byte) (cellRange, bool) {
	first, last, two := bytes.Cut(ref, []byte(":"))
	if !two {
		last = first
	}
	left, top, ok1 := parseRef(first)
	right, bottom, ok2 := parseRef(last)
	return cellRange{top, left, bottom, right}, ok1 && ok2 && left <= right && top <= bottom
}

// parseRef reads "B3" as column 1 (from 0) and row 3.
func parseRef(ref []byte) (column, row int, ok bool) {
	n := 0
	for n < len(ref) && n < 4 && 'A' <= ref[n]&^0x20 && ref[n]&^0x20 <= 'Z' {
		column = column*26 + int(ref[n]&^0x20-'A') + 1
		n++
	}
	row, ok = parseIndex(ref[n:], maxSheetRow)
	return column - 1, row, ok && n > 0 && column <= maxSheetColumn
}

// parseIndex reads a whole number from 1 to limit.
func parseIndex(b []byte, limit int) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > limit {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, 1 <= n && n <= limit
}

// parseCount reads a whole number from 0 up to 32 bits.
func parseCount(b []byte) (uint64, bool) {
	n, err := strconv.ParseUint(string(bytes.TrimSpace(b)), 10, 32)
	return n, err == nil
}
