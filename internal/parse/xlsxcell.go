package parse

import (
	"bytes"
	"fmt"
	"strconv"
)

// cell looks up what a stored cell refers to. damage says what is wrong with
// it; the Cell is then of kind Error, so that nobody takes it for blank.
func (b *workbookFile) cell(row *storedRow, c storedCell) (cell Cell, damage string) {
	value := row.value(c)
	if !c.hasValue {
		return Cell{Kind: Formula, Raw: "=" + string(value)}, ""
	}
	switch c.kind {
	case numberCell:
		cell, damage = b.number(bytes.TrimSpace(value), c.style)
	case sharedCell:
		cell, damage = b.sharedText(value)
	case inlineCell, stringCell:
		cell = textCell(string(unescapeXstring(value)))
	case boolCell:
		cell, damage = boolean(value)
	case errorCell:
		cell = Cell{Kind: Error, Raw: string(value)}
	case isoCell:
		cell = isoDate(string(value))
	default:
		damage = "has a type that no spreadsheet program writes"
	}
	if damage != "" {
		return Cell{Kind: Error, Raw: string(value)}, damage
	}
	return cell, ""
}

func (b *workbookFile) sharedText(value []byte) (Cell, string) {
	i, ok := parseCount(value)
	if !ok {
		return Cell{}, fmt.Sprintf("refers to a text by %q, which is no number", value)
	}
	text, ok := b.strings.text(i)
	if !ok {
		return Cell{}, fmt.Sprintf("refers to text %d, but the workbook has only %d", i, len(b.strings.ends))
	}
	return textCell(text), ""
}

func boolean(value []byte) (Cell, string) {
	switch string(value) {
	case "1", "true":
		return Cell{Kind: Bool, Raw: "TRUE"}, ""
	case "0", "false":
		return Cell{Kind: Bool, Raw: "FALSE"}, ""
	}
	return Cell{}, fmt.Sprintf("is neither true nor false but %q", value)
}

func (b *workbookFile) number(value []byte, style int) (Cell, string) {
	format, ok := b.formats.format(style)
	switch {
	case !isDecimal(value):
		return Cell{}, fmt.Sprintf("is no number but %q", value)
	case !ok && len(b.formats) > 0:
		return Cell{}, fmt.Sprintf("has style %d, but the workbook has only %d", style, len(b.formats))
	}
	cell := Cell{Kind: Number, Raw: string(value), Format: format.code}
	if format.isTime {
		cell.Kind = DateTime
		cell.Serial, _ = strconv.ParseFloat(cell.Raw, 64) // out of range: infinite, which no rule takes
		if b.date1904 && format.hasDate {
			cell.Serial += days1904
		}
	}
	return cell, ""
}

// isDecimal tells numbers as XML writes them; ParseFloat takes more than that
// ("0x1F", "1_0", "Inf").
func isDecimal(b []byte) bool {
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = b[1:]
	}
	mantissa, exponent := b, []byte("0")
	if i := bytes.IndexAny(b, "eE"); i >= 0 {
		mantissa, exponent = b[:i], b[i+1:]
		if len(exponent) > 0 && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
	}
	before, after, _ := bytes.Cut(mantissa, []byte("."))
	return len(before)+len(after) > 0 && allDigits(before) && allDigits(after) && len(exponent) > 0 && allDigits(exponent)
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isoDate is a text where it is no date.
func isoDate(value string) Cell {
	serial, ok := isoSerial(value)
	if !ok {
		return textCell(value)
	}
	return Cell{Kind: DateTime, Raw: value, Serial: serial}
}
