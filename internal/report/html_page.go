package report

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"officeimporter/internal/office"
)

// page is what the template shows.
type page struct {
	*Summary
	Title, Verdict, Tone, Stake string
	Unit, UnitTitle             string // how the file counts: "row", "Row"
	MadeAt, MadeText            string
	Facts                       []pageFact
	Tiles                       []tile
	Problems, Warnings          []pageGroup
	Countries, Zones            []bar
	First                       []plainRow
	Ids                         bool // rows may have an office
	Next                        []string
}

// pageFact is a line of what ran where.
type pageFact struct {
	Name, Value string
	Code        bool // to be read letter by letter
}

// tile is a count. X and Width place it in the chart, in percent of the rows.
type tile struct {
	Status   office.Outcome
	Count    int
	Means    string
	X, Width string
}

// pageGroup is a group of problems or warnings.
type pageGroup struct {
	*group
	Number    int // among all groups of the page
	Unit      string
	Separator string
	More      int // rows that it doesn't name
}

func newPage(s *Summary, c *census, first []plainRow) *page {
	p := &page{
		Summary: s, Title: occasions[s.Verb] + " of " + filepath.Base(s.File), Verdict: s.verdict(), Tone: s.tone(), Stake: s.stake(),
		Unit: s.unit(), UnitTitle: "Row", MadeAt: timeText(s.Made), MadeText: madeText(s.Made), Facts: s.pageFacts(), Tiles: s.tiles(),
		Countries: bars(c.countries), Zones: bars(c.zones), First: first, Ids: s.Verb != "check" || s.offices() > 0,
		Next: slices.DeleteFunc(slices.Clone(s.Next), func(line string) bool { return line == s.Approve }),
	}
	if p.Unit == "line" {
		p.UnitTitle = "Line"
	}
	p.Problems = pageGroups(s.problems.sorted(), p.Unit, 0)
	p.Warnings = pageGroups(s.warnings.sorted(), p.Unit, len(p.Problems))
	return p
}

// occasions are the verbs as titles.
var occasions = map[string]string{"check": "Check", "run": "Run", "rehearse": "Rehearsal", "report": "Report"}

func pageGroups(groups []*group, unit string, before int) []pageGroup {
	list := make([]pageGroup, len(groups))
	for i, g := range groups {
		list[i] = pageGroup{group: g, Number: before + i, Unit: unit, Separator: separator(g.Message), More: g.Count - len(g.Rows)}
	}
	return list
}

// OfRows says that the group is not about the file as a whole.
func (g pageGroup) OfRows() bool { return g.Rows[0] > 0 }

func (s *Summary) pageFacts() (facts []pageFact) {
	add := func(name, value string, code bool) {
		if value != "" {
			facts = append(facts, pageFact{name, value, code})
		}
	}
	add("File", s.File, true)
	add("SHA-256", s.SHA256, true)
	add("Sheet", s.Sheet, false)
	add("Read as", s.ReadAs, false)
	add("Server", cmp.Or(s.Server, "none: nothing was looked up, nothing was sent"), false)
	add("Company", s.Company, true)
	for _, line := range s.companyLines() {
		add("Company", line, false)
	}
	add("Plan", s.Plan, true)
	add("Journal", s.Journal, true)
	add("To mend", s.Fix, true)
	add("Limit", s.limit(), false)
	return facts
}

func (s *Summary) limit() string {
	if s.Rate == 0 {
		return ""
	}
	return thousands(s.Rate) + " calls a minute: " + Counted(s.Read, s.unit()) + " take " + Spell(time.Duration(s.Read)*time.Minute/time.Duration(s.Rate))
}

func madeText(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// tiles are the outcomes that there are, and those a reader looks for although
// no row has them.
func (s *Summary) tiles() (tiles []tile) {
	shown := []office.Outcome{office.Created, office.Invalid, office.Refused, office.Unknown}
	if s.Verb == "check" {
		shown = []office.Outcome{office.Ready, office.Invalid}
	}
	before := 0
	for _, o := range office.Outcomes() {
		n := s.counts[o]
		if n == 0 && !slices.Contains(shown, o) {
			continue
		}
		tiles = append(tiles, tile{Status: o, Count: n, Means: meanings[o], X: s.percent(before), Width: s.percent(n)})
		before += n
	}
	return tiles
}

func (s *Summary) percent(n int) string {
	return strconv.FormatFloat(float64(n)*100/float64(max(s.added, 1)), 'f', 3, 64)
}

var meanings = map[office.Outcome]string{
	office.Ready:   "would be created",
	office.Created: "an office was created",
	office.Exists:  "was an office before",
	office.Invalid: "has problems, not sent",
	office.Refused: "the server said no",
	office.Unknown: "sent, outcome not known",
	office.Pending: "not sent yet",
}
