package mapping

import (
	"slices"
	"strings"

	"officeimporter/internal/office"
)

// Share is one company's part of a plan. Its methods count all rows, as those of the Plan do, and are safe for
// concurrent use once Requests has been read to the end.
type Share struct {
	plan    *Plan
	company string
}

// PerCompany tells whether a column says whose office a row is.
func (p *Plan) PerCompany() bool { return p.company != noColumn }

// Companies are the companies of the rows, in order of first appearance, without rows whose company isn't known. If
// no column names companies, there is just the one given for all rows, which may be empty.
func (p *Plan) Companies() []string {
	if !p.PerCompany() {
		return []string{p.mapping.company}
	}
	return slices.Clone(p.counts().companies)
}

// Company is the company of rows that name none. If it is empty, that is the API key's own company, or nobody's if
// a column should say it.
func (p *Plan) Company() string { return p.mapping.company }

// Share is a company's part of the plan, for submit.
func (p *Plan) Share(company string) Share { return Share{p, company} }

// Has tells whether any row has this key, valid or not: then the row that a journal speaks of is still in the file.
func (s Share) Has(key office.Hash) bool { return s.plan.Has(key) }

// SameName counts the company's valid rows with this folded name and country. There can be several only if a key
// column tells them apart.
func (s Share) SameName(n office.Name) int {
	// Names may contain a slash, country codes don't.
	at := strings.LastIndexByte(string(n), '/')
	if at < 0 {
		return 0
	}
	key := office.NameKey(s.company, string(n[:at]), string(n[at+1:]))
	keys := s.plan.counts()
	if s.plan.key != noColumn {
		return int(keys.names[key.Hash()])
	}
	if keys.rows[key.Hash()].valid {
		return 1
	}
	return 0
}
