package xlsx

import (
	"bytes"
	"fmt"
	"strconv"

	"officeimporter/internal/parse/sheet"
)

// Cell resolves what a stored cell refers to. If the cell is damaged, damage says how, and the Cell is of kind Error
// so that nobody takes it for blank.
func (b *Workbook) Cell(row *StoredRow, c storedCell) (cell sheet.Cell, damage string) {
	value := row.value(c)
	if !c.hasValue {
		return sheet.Cell{Kind: sheet.Formula, Raw: "=" + string(value)}, ""
	}
	switch c.kind {
	case numberCell:
		cell, damage = b.number(bytes.TrimSpace(value), c.Style)
	case sharedCell:
		cell, damage = b.sharedText(value)
	case inlineCell, stringCell:
		cell = sheet.TextCell(string(unescapeXstring(value)))
	case boolCell:
		cell, damage = boolean(value)
	case errorCell:
		cell = sheet.Cell{Kind: sheet.Error, Raw: string(value)}
	case isoCell:
		cell = isoDate(string(value))
	default:
		damage = "has a type that no spreadsheet program writes"
	}
	if damage != "" {
		return sheet.Cell{Kind: sheet.Error, Raw: string(value)}, damage
	}
	return cell, ""
}

func (b *Workbook) sharedText(value []byte) (sheet.Cell, string) {
	i, ok := parseCount(value)
	if !ok {
		return sheet.Cell{}, fmt.Sprintf("refers to a text by %q, which is no number", value)
	}
	text, ok := b.strings.text(i)
	if !ok {
		return sheet.Cell{}, fmt.Sprintf("refers to text %d, but the workbook has only %d", i, len(b.strings.ends))
	}
	return sheet.TextCell(text), ""
}

func boolean(value []byte) (sheet.Cell, string) {
	switch string(value) {
	case "1", "true":
		return sheet.Cell{Kind: sheet.Bool, Raw: "TRUE"}, ""
	case "0", "false":
		return sheet.Cell{Kind: sheet.Bool, Raw: "FALSE"}, ""
	}
	return sheet.Cell{}, fmt.Sprintf("is neither true nor false but %q", value)
}

func (b *Workbook) number(value []byte, style int) (sheet.Cell, string) {
	format, ok := b.Formats.format(style)
	switch {
	case !sheet.IsDecimal(value):
		return sheet.Cell{}, fmt.Sprintf("is no number but %q", value)
	case !ok && len(b.Formats) > 0:
		return sheet.Cell{}, fmt.Sprintf("has style %d, but the workbook has only %d", style, len(b.Formats))
	}
	cell := sheet.Cell{Kind: sheet.Number, Raw: string(value), Format: format.Code}
	if format.IsTime {
		cell.Kind = sheet.DateTime
		cell.Serial, _ = strconv.ParseFloat(cell.Raw, 64) // infinite if out of range, which no rule accepts
		if b.Date1904 && format.HasDate {
			cell.Serial += sheet.Days1904
		}
	}
	return cell, ""
}

// isoDate is a date, or a text if value isn't one.
func isoDate(value string) sheet.Cell {
	serial, ok := sheet.ISOSerial(value)
	if !ok {
		return sheet.TextCell(value)
	}
	return sheet.Cell{Kind: sheet.DateTime, Raw: value, Serial: serial}
}

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
