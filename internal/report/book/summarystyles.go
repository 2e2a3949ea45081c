package book

import (
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

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
