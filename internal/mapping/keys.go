package mapping

import (
	"officeimporter/internal/office"
)

// keyIndex is what we remember of all rows after a whole pass: hashes of 128 bits and no texts, about 50 bytes per
// row (100 with a key column), so that a million rows stay small.
type keyIndex struct {
	rows        map[office.Hash]firstRow
	names       map[office.Hash]int32 // counts of valid rows; only with a key column, which lets names repeat
	companies   []string              // in order of first appearance
	companySeen map[string]bool       // has the companies
	plan        office.Plan
	valid       int
	read        int
	id          string
}

// firstRow is the first row with a key.
type firstRow struct {
	row   uint32
	valid bool
}

func newKeyIndex(keyed bool) *keyIndex {
	t := &keyIndex{rows: make(map[office.Hash]firstRow), companySeen: map[string]bool{}}
	if keyed {
		t.names = make(map[office.Hash]int32)
	}
	return t
}

// first is the row that had the key of a request first, possibly the request's own. A second pass over the rows
// gives the same answers.
func (t *keyIndex) first(r *office.Request) int {
	h := r.Key.Hash()
	m, ok := t.rows[h]
	if !ok {
		m = firstRow{row: uint32(r.Row), valid: r.Valid()}
		t.rows[h] = m
	}
	return int(m.row)
}

// add counts a row whose problems are all known.
func (t *keyIndex) add(r *office.Request) {
	t.read++
	if r.Company != "" && !t.companySeen[r.Company] {
		t.companySeen[r.Company] = true
		t.companies = append(t.companies, r.Company)
	}
	if !r.Valid() {
		return
	}
	t.valid++
	t.plan.Add(r)
	if t.names != nil {
		t.names[office.NameKey(r.Company, r.Office.Name, r.Office.Country).Hash()]++
	}
}

// close ends the counting.
func (t *keyIndex) close() {
	t.id = t.plan.ID()
	t.plan = office.Plan{}
}
