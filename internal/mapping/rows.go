package mapping

import (
	"iter"
	"slices"
	"strings"

	"officeimporter/internal/office"
)

// Rows are all rows of a Plan, once each has been read: only then is it known how many there are, which keys they
// have and whose offices they are. They are fine for concurrent use, each pass by itself.
type Rows struct {
	plan  *Plan
	index *keyIndex
}

// Survey reads all rows, in sheet order, and hands each to the functions. The error is theirs, or that of Sheet.Rows.
func (p *Plan) Survey(each ...func(*office.Request) error) (*Rows, error) {
	rows := &Rows{p, newKeyIndex(p.key.index >= 0)}
	for r, err := range p.pass(rows.index, everyRow) {
		if err != nil {
			return nil, err
		}
		rows.index.add(r)
		for _, f := range each {
			if err := f(r); err != nil {
				return nil, err
			}
		}
	}
	rows.index.close()
	return rows, nil
}

// All maps the rows once more, in sheet order, and says the same as before. A Request is the caller's to keep. An
// error ends the pass: it is that of Sheet.Rows.
func (r *Rows) All() iter.Seq2[*office.Request, error] {
	return r.Only(everyRow)
}

// Only maps some rows alone, by their numbers; the others cost no more than to read them.
func (r *Rows) Only(wanted func(row int) bool) iter.Seq2[*office.Request, error] {
	return r.plan.pass(r.index, wanted)
}

// PlanID is the plan's name, such as "3f9a-c21b-77e0": it says exactly which requests may be sent.
func (r *Rows) PlanID() string { return r.index.id }

// Len is the number of rows.
func (r *Rows) Len() int { return r.index.read }

// Valid is the number of rows without problems.
func (r *Rows) Valid() int { return r.index.valid }

// Has tells whether some row has this key, whether it is valid or not: the row that a journal speaks of has not left
// the file.
func (r *Rows) Has(key office.Hash) bool {
	_, ok := r.index.rows[key]
	return ok
}

// Companies are those of the rows, in order of first appearance; rows whose company can't be told belong to none.
// Without a column for it there is one: the one given for all, which may be empty.
func (r *Rows) Companies() []string {
	if !r.plan.PerCompany() {
		return []string{r.plan.Company()}
	}
	return slices.Clone(r.index.companies)
}

// Of is what one company has of the rows: a file that submit may ask.
func (r *Rows) Of(company string) Share { return Share{r, company} }

// Share is what one company has of a file. It is fine for concurrent use.
type Share struct {
	rows    *Rows
	company string
}

// Has tells whether some row of the file has this key.
func (s Share) Has(key office.Hash) bool { return s.rows.Has(key) }

// SameName is how many valid rows of the company have this folded name and country: more than one only where a key
// column tells them apart.
func (s Share) SameName(n office.Name) int {
	// Country codes hold no slash, names may.
	at := strings.LastIndexByte(string(n), '/')
	if at < 0 {
		return 0
	}
	key := office.NameKey(s.company, string(n[:at]), string(n[at+1:]))
	if s.rows.plan.key != noColumn {
		return int(s.rows.index.names[key.Hash()])
	}
	if s.rows.index.rows[key.Hash()].valid {
		return 1
	}
	return 0
}
