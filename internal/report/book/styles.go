package book

import (
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// palette has the colours of an outcome, as RRGGBB: behind a cell, of the text on it, and of a bar in the chart.
type palette struct{ paint, ink, bar string }

var outcomeColours = map[office.Outcome]palette{
	office.Ready:   {"DDEBF7", "1F4E79", "4A86C5"},
	office.Created: {"C6EFCE", "006100", "4E9A51"},
	office.Exists:  {"E2EFDA", "375623", "8DBB73"},
	office.Invalid: {"FFC7CE", "9C0006", "C0392B"},
	office.Refused: {"F8CBAD", "833C0B", "DD7A33"},
	office.Unknown: {"FFEB9C", "7F4A00", "E0AA12"},
	office.Pending: {"E7E6E6", "404040", "8C8C8C"},
}

// resultStyles are the numbers of the styles in the results.
type resultStyles struct {
	heading  int
	looks    map[cellLook]int
	outcomes map[office.Outcome]int
}

func newResultStyles(file *excelize.File) (*resultStyles, error) {
	s := &resultStyles{looks: map[cellLook]int{}, outcomes: map[office.Outcome]int{}}
	p := pen{file: file}
	black, place := letters(11, "", false), &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}
	s.heading = p.style(&excelize.Style{Font: letters(11, "FFFFFF", true), Fill: solid(dark), Alignment: &excelize.Alignment{Vertical: "center"}})
	s.looks[plain] = p.style(&excelize.Style{Font: black, Alignment: place, Border: rule()})
	s.looks[exact] = p.style(&excelize.Style{Font: black, Alignment: place, Border: rule(), NumFmt: asText})
	for outcome, colours := range outcomeColours {
		s.outcomes[outcome] = p.style(&excelize.Style{Font: letters(11, colours.ink, false), Alignment: place, Border: rule(), Fill: solid(colours.paint)})
	}
	return s, p.err
}

// rule is the line below a cell.
func rule() []excelize.Border { return []excelize.Border{{Type: "bottom", Color: "D9D9D9", Style: 1}} }

const (
	dark   = "44546A" // behind headings, RRGGBB
	asText = 49       // the number format "@"
)

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// letters returns the font of our sheets, which doesn't depend on the user's workbook. The colour is RRGGBB; empty
// means black.
func letters(size float64, colour string, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Color: colour, Bold: bold}
}

// summaryLooks are the numbers of the styles in the summary.
type summaryLooks struct {
	title, good, bad, open     int // open: not finished
	section, head, label, text int
	number                     int
	outcomes                   map[office.Outcome]int
}

func newSummaryLooks(p *pen) summaryLooks {
	band := func(o office.Outcome) int {
		return p.style(&excelize.Style{Fill: solid(outcomeColours[o].paint), Font: letters(12, outcomeColours[o].ink, true),
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true, Indent: 1}})
	}
	looks := summaryLooks{
		title: p.style(&excelize.Style{Font: letters(16, dark, true), Alignment: &excelize.Alignment{Vertical: "center"}}),
		good:  band(office.Created), bad: band(office.Invalid), open: band(office.Unknown),
		section:  p.style(&excelize.Style{Font: letters(12, dark, true), Border: []excelize.Border{{Type: "bottom", Color: dark, Style: 2}}}),
		head:     p.style(&excelize.Style{Font: letters(11, "FFFFFF", true), Fill: solid(dark), Alignment: &excelize.Alignment{Vertical: "center"}}),
		label:    p.style(&excelize.Style{Font: letters(11, "595959", false), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: rule()}),
		text:     p.style(&excelize.Style{Font: letters(11, "", false), NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: rule()}),
		number:   p.style(&excelize.Style{Font: letters(11, "", false), NumFmt: 3, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top"}, Border: rule()}),
		outcomes: map[office.Outcome]int{},
	}
	for o, colours := range outcomeColours {
		looks.outcomes[o] = p.style(&excelize.Style{Fill: solid(colours.paint), Font: letters(11, colours.ink, true), Alignment: &excelize.Alignment{Vertical: "top"}, Border: rule()})
	}
	return looks
}
