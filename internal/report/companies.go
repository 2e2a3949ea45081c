package report

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
)

// CompanySummary is what a summary says about one of several companies.
type CompanySummary struct {
	Company string
	Journal string // its path
	New     int    // offices that this run created
	Stopped string // why the run of this company stopped before its end

	counts [1 << 8]int // by office.Outcome
	read   int
}

// Count returns how many of the company's rows have an outcome.
func (c *CompanySummary) Count(o office.Outcome) int { return c.counts[o] }

// ByCompany makes the summary count these companies separately, in this order. Call it before Add. Rows whose company
// isn't known count for none of them.
func (s *Summary) ByCompany(companies []string) {
	s.byCompany = make(map[string]*CompanySummary, len(companies))
	s.Companies = []*CompanySummary{} // not nil, even if no row names its company
	for _, company := range companies {
		c := &CompanySummary{Company: company}
		s.byCompany[company] = c
		s.Companies = append(s.Companies, c)
	}
}

func (s *Summary) addToCompany(r *office.Result) {
	if c := s.byCompany[r.Request.Company]; c != nil {
		c.read++
		c.counts[r.Outcome]++
	}
}

// mostCompanies is how many companies are listed for people; the JSON lists all.
const mostCompanies = 30

// CompanyLines returns one line of text per company.
func (s *Summary) CompanyLines() (lines []string) {
	for i, c := range s.Companies {
		if i == mostCompanies {
			return append(lines, fmt.Sprintf("and %s more", Thousands(len(s.Companies)-i)))
		}
		lines = append(lines, c.Company+": "+c.words())
	}
	return lines
}

// words returns text such as "38 created, 2 refused; journal offices.production.17.journal".
func (c *CompanySummary) words() string {
	var counts []string
	for _, o := range office.Outcomes() {
		if n := c.counts[o]; n > 0 {
			counts = append(counts, Thousands(n)+" "+o.String())
		}
	}
	if counts == nil {
		counts = []string{"no rows"}
	}
	text := strings.Join(counts, ", ")
	if c.Stopped != "" {
		text += "; stopped: " + c.Stopped
	}
	if c.Journal != "" {
		text += "; journal " + c.Journal
	}
	return text
}

type companyJSON struct {
	Company string         `json:"company"`
	Read    int            `json:"read"`
	Counts  map[string]int `json:"counts"`
	New     int            `json:"new,omitempty"`
	Journal string         `json:"journal,omitempty"`
	Stopped string         `json:"stopped,omitempty"`
}

func (s *Summary) companiesJSON() (all []companyJSON) {
	for _, c := range s.Companies {
		all = append(all, companyJSON{c.Company, c.read, countsJSON(&c.counts), c.New, c.Journal, c.Stopped})
	}
	return all
}

// countsJSON includes the outcomes that no row has.
func countsJSON(counts *[1 << 8]int) map[string]int {
	all := map[string]int{}
	for _, o := range office.Outcomes() {
		all[o.String()] = counts[o]
	}
	return all
}
