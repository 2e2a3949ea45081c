package workbook

import "github.com/xuri/excelize/v2"

// Paint is the background of a cell, as RRGGBB. The colours are those of Excel's built-in styles "Bad" and "Neutral".
type Paint string

// The colours of marked cells.
const (
	Red    Paint = "FFC7CE" // something is wrong
	Yellow Paint = "FFEB9C" // something is doubtful
)

// ink is the text colour that is readable on each paint.
var ink = map[Paint]string{Red: "9C0006", Yellow: "9C5700"}

// Painter makes coloured variants of the styles in one workbook. Not for concurrent use.
type Painter struct {
	file    *excelize.File
	painted map[paintedStyle]int
}

type paintedStyle struct {
	Paint
	style int
}

// NewPainter prepares a workbook: it adds the lists of styles that some writers leave out, and corrects the counts
// from which excelize numbers new styles.
func NewPainter(file *excelize.File) *Painter {
	own, whole := file.Styles, excelize.NewFile().Styles
	if own.Fonts == nil {
		own.Fonts = whole.Fonts
	}
	if own.Fills == nil {
		own.Fills = whole.Fills
	}
	if own.Borders == nil {
		own.Borders = whole.Borders
	}
	if own.CellXfs == nil {
		own.CellXfs = whole.CellXfs
	}
	own.Fonts.Count, own.Fills.Count = len(own.Fonts.Font), len(own.Fills.Fill)
	own.Borders.Count, own.CellXfs.Count = len(own.Borders.Border), len(own.CellXfs.Xf)
	return &Painter{file: file, painted: make(map[paintedStyle]int)}
}

// Paint returns the number of a style like the given one, with another background and text colour.
func (p *Painter) Paint(style int, paint Paint) (int, error) {
	if painted, ok := p.painted[paintedStyle{paint, style}]; ok {
		return painted, nil
	}
	plain, err := p.file.NewStyle(&excelize.Style{
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{string(paint)}},
		Font: &excelize.Font{Color: ink[paint]},
	})
	if err != nil {
		return 0, err
	}
	xfs := p.file.Styles.CellXfs
	painted := xfs.Xf[style]
	painted.FillID, painted.ApplyFill = xfs.Xf[plain].FillID, new(true)
	painted.FontID, painted.ApplyFont = p.recolour(painted.FontID, xfs.Xf[plain].FontID), new(true)
	xfs.Xf = append(xfs.Xf, painted)
	xfs.Count = len(xfs.Xf)
	p.painted[paintedStyle{paint, style}] = xfs.Count - 1
	return xfs.Count - 1, nil
}

// recolour returns the number of a font like the first one, in the colour of the second.
func (p *Painter) recolour(font, colour *int) *int {
	fonts := p.file.Styles.Fonts
	if font == nil || *font >= len(fonts.Font) {
		return colour
	}
	coloured := *fonts.Font[*font]
	coloured.Color = fonts.Font[*colour].Color
	fonts.Font = append(fonts.Font, &coloured)
	fonts.Count = len(fonts.Font)
	return new(fonts.Count - 1)
}
