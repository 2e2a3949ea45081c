package template

import (
	"github.com/xuri/excelize/v2"
)

// The template's colours, RGB.
const (
	ink    = "1F2933" // text
	strong = "3D3A8C" // behind required headings, and for titles
	pale   = "E8E8F4" // behind optional headings
	line   = "C3C6D1" // borders
	paper  = "FFFFFF"
)

// asText is Excel's built-in number format "@", which keeps what is typed as it is.
const asText = 49

const (
	fontName = "Calibri"
	fontSize = 11
)

func font(bold bool, colour string, size float64) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: colour}
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func border() []excelize.Border {
	var sides []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Color: line, Style: 1})
	}
	return sides
}

// headingStyle marks required columns by colour and weight: either alone is lost on some screens and printers.
func headingStyle(required bool) excelize.Style {
	s := excelize.Style{
		Font:      font(false, ink, fontSize),
		Fill:      fill(pale),
		Border:    border(),
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		NumFmt:    asText,
	}
	if required {
		s.Font, s.Fill = font(true, paper, fontSize), fill(strong)
	}
	return s
}

func tableStyle(bold bool) excelize.Style {
	return excelize.Style{
		Font:      font(bold, ink, fontSize),
		Border:    border(),
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
		NumFmt:    asText,
	}
}

func plainStyle(bold bool, colour string, size float64) excelize.Style {
	return excelize.Style{Font: font(bold, colour, size), NumFmt: asText}
}
