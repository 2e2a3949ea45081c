package xlsx

import (
	"bytes"
	"fmt"
	"strconv"

	"officeimporter/internal/parse/sheet"
)

// Cell resolves what a stored cell refers to. If the cell is damaged, damage says how, and the Cell is of kind
// Error so that nobody takes it for blank.
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
