package mapping

import (
	"slices"
	"strings"

	"officeimporter/internal/office"
)

// Share is what one company has of a plan. All methods speak of all rows, as
// those of the Plan do, and are fine for concurrent use once all were seen.
type Share struct {
	plan    *Plan
	company string
}

// PerCompany says that a column tells whose office a row is.
func (p *Plan) PerCompany() bool { return p.company != noColumn }

// Companies are those of the rows, in order of first appearance. Rows of which
// it can't be told belong to none. Without a column for it there is one: the
// one given for all, which may be empty.
func (p *Plan) Companies() []string {
	if !p.PerCompany() {
		return []string{p.mapping.company}
	}
	return slices.Clone(p.counts().companies)
}

// Company is whose offices the rows are that name no company; empty: the key's
// own, or where a column should tell, nobody's.
func (p *Plan) Company() string { return p.mapping.company }

// Share is what a company has of the plan: a file that submit may ask.
func (p *Plan) Share(company string) Share { return Share{p, company} }

// Has tells whether some row has this key, be it valid or not: the row that a
// journal speaks of has not left the file.
func (s Share) Has(key office.Hash) bool { return s.plan.Has(key) }

// SameName is how many valid rows of the company have this folded name and
// country: more than one only where a key column tells them apart.
func (s Share) SameName(n office.Name) int {
	// Country codes hold no slash, names may.
	at := strings.LastIndexByte(string(n), '/')
	if at < 0 {
		return 0
	}
	key := office.NameKey(s.company, string(n[:at]), string(n[at+1:]))
	t := s.plan.counts()
	if s.plan.key != noColumn {
		return int(t.names[key.Hash()])
	}
	if t.rows[key.Hash()].valid {
		return 1
	}
	return 0
}
