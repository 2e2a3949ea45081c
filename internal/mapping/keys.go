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
	k := &keyIndex{rows: make(map[office.Hash]firstRow), companySeen: map[string]bool{}}
	if keyed {
		k.names = make(map[office.Hash]int32)
	}
	return k
}

// first is the row that had the key of a request first, possibly the request's own. A second pass over the rows gives
// the same answers.
func (k *keyIndex) first(r *office.Request) int {
	h := r.Key.Hash()
	first, ok := k.rows[h]
	if !ok {
		first = firstRow{row: uint32(r.Row), valid: r.Valid()}
		k.rows[h] = first
	}
	return int(first.row)
}

// add counts a row whose problems are all known.
func (k *keyIndex) add(r *office.Request) {
	k.read++
	if r.Company != "" && !k.companySeen[r.Company] {
		k.companySeen[r.Company] = true
		k.companies = append(k.companies, r.Company)
	}
	if !r.Valid() {
		return
	}
	k.valid++
	k.plan.Add(r)
	if k.names != nil {
		k.names[office.NameKey(r.Company, r.Office.Name, r.Office.Country).Hash()]++
	}
}

func (k *keyIndex) close() {
	k.id = k.plan.ID()
	k.plan = office.Plan{}
}
