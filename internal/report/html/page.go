package html

import (
	"path/filepath"
	"slices"
	"time"

	"officeimporter/internal/report"
)

// page is the data of the template.
type page struct {
	*report.Summary
	Title, Verdict, Tone, Exposure string
	Unit, UnitTitle                string // "row" and "Row", or "line" and "Line"
	MadeAt, MadeText               string
	Facts                          []report.PageFact
	Tiles                          []report.Tile
	Problems, Warnings             []pageGroup
	Countries, Zones               []bar
	First                          []plainRow
	IDs                            bool // rows may have an office id
	Next                           []string
}

type pageGroup struct {
	*report.Group
	Number    int // among all groups of the page
	Unit      string
	Separator string
	More      int // rows that it doesn't list
}

func newPage(s *report.Summary, c *officeCounts, first []plainRow) *page {
	p := &page{
		Summary: s, Title: occasions[s.Verb] + " of " + filepath.Base(s.File), Verdict: s.Verdict(), Tone: s.Tone(), Exposure: s.Exposure(),
		Unit: s.RowNoun(), UnitTitle: "Row", MadeAt: report.TimeText(s.Made), MadeText: madeText(s.Made), Facts: s.PageFacts(), Tiles: s.Tiles(),
		Countries: bars(c.countries), Zones: bars(c.zones), First: first, IDs: s.Verb != "check" || s.Offices() > 0,
		Next: slices.DeleteFunc(slices.Clone(s.Next), func(line string) bool { return line == s.Approve }),
	}
	if p.Unit == "line" {
		p.UnitTitle = "Line"
	}
	p.Problems = pageGroups(s.Problems.Sorted(), p.Unit, 0)
	p.Warnings = pageGroups(s.Warnings.Sorted(), p.Unit, len(p.Problems))
	return p
}

// occasions are the verbs as titles.
var occasions = map[string]string{"check": "Check", "run": "Run", "rehearse": "Rehearsal", "report": "Report"}

func pageGroups(groups []*report.Group, unit string, before int) []pageGroup {
	list := make([]pageGroup, len(groups))
	for i, g := range groups {
		list[i] = pageGroup{Group: g, Number: before + i, Unit: unit, Separator: report.FieldSeparator(g.Message), More: g.Count - len(g.Rows)}
	}
	return list
}

// OfRows reports whether the group is about rows, not the file as a whole.
func (g pageGroup) OfRows() bool { return g.Rows[0] > 0 }

func madeText(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }
