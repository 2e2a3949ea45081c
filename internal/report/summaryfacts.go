package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"officeimporter/internal/office"
)

// PresentOutcomes returns the outcomes that at least one row has, in the order of a summary.
func (s *Summary) PresentOutcomes() (outcomes []office.Outcome) {
	for _, o := range office.Outcomes() {
		if s.Counts[o] > 0 {
			outcomes = append(outcomes, o)
		}
	}
	return outcomes
}

// WorkbookFacts returns names and values for the workbook report. The caller skips empty values.
func (s *Summary) WorkbookFacts() [][2]string {
	made, limit := "", ""
	if !s.Made.IsZero() {
		made = s.Made.UTC().Format("2006-01-02 15:04:05") + " UTC, by importer " + s.Verb
	}
	if d := s.sending(); d > 0 {
		limit = fmt.Sprintf("about %s, at %s calls a minute", Spell(d), Thousands(s.Rate))
	}
	return [][2]string{{"file", s.File}, {"SHA-256", s.SHA256}, {"sheet", s.Sheet}, {"read as", s.ReadAs}, {"server", s.Server}, {"company", s.Company},
		{"plan", s.Plan}, {"journal", s.Journal}, {"fix file", s.Fix}, {"made", made}, {"a run takes", limit}, {"stopped", s.Stopped}}
}

// sending returns how long it takes to send the remaining rows at the rate limit, or in a rehearsal how long a run
// would have taken. It is 0 if there is nothing to send.
func (s *Summary) sending() time.Duration {
	calls := s.Counts[office.Ready] + s.Counts[office.Pending]
	if s.Verb == "rehearse" {
		calls = s.Added
	}
	if s.Rate <= 0 {
		return 0
	}
	return (time.Duration(calls) * time.Minute / time.Duration(s.Rate)).Round(time.Second)
}

// PageFact is a line under "What ran where" on the review page.
type PageFact struct {
	Name, Value string
	Code        bool // shown in a fixed-width font, to compare letter by letter
}

// Tile is the count of one outcome on the review page. X and Width are its place in the chart, in percent.
type Tile struct {
	Status   office.Outcome
	Count    int
	Means    string // what the outcome means
	X, Width string
}

// PageFacts returns the lines under "What ran where" on the review page.
func (s *Summary) PageFacts() (facts []PageFact) {
	add := func(name, value string, code bool) {
		if value != "" {
			facts = append(facts, PageFact{name, value, code})
		}
	}
	add("File", s.File, true)
	add("SHA-256", s.SHA256, true)
	add("Sheet", s.Sheet, false)
	add("Read as", s.ReadAs, false)
	add("Server", cmp.Or(s.Server, "none: nothing was looked up, nothing was sent"), false)
	add("Company", s.Company, true)
	for _, line := range s.CompanyLines() {
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
	return Thousands(s.Rate) + " calls a minute: " + Counted(s.Read, s.RowNoun()) + " take " + Spell(time.Duration(s.Read)*time.Minute/time.Duration(s.Rate))
}

// Tiles returns the outcomes that rows have, and those that a reader looks for even if no row has them.
func (s *Summary) Tiles() (tiles []Tile) {
	shown := []office.Outcome{office.Created, office.Invalid, office.Refused, office.Unknown}
	if s.Verb == "check" {
		shown = []office.Outcome{office.Ready, office.Invalid}
	}
	before := 0
	for _, o := range office.Outcomes() {
		n := s.Counts[o]
		if n == 0 && !slices.Contains(shown, o) {
			continue
		}
		tiles = append(tiles, Tile{Status: o, Count: n, Means: meanings[o], X: s.percent(before), Width: s.percent(n)})
		before += n
	}
	return tiles
}

func (s *Summary) percent(n int) string {
	return strconv.FormatFloat(float64(n)*100/float64(max(s.Added, 1)), 'f', 3, 64)
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
