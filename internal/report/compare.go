package report

import (
	"iter"

	"officeimporter/internal/office"
)

// Row is a row of a report or of a file, as far as it can be compared.
type Row struct {
	Row      int        `json:"row"` // as its file numbers it
	Key      office.Key `json:"key"`
	Name     string     `json:"name"`
	Country  string     `json:"country"`
	Status   string     `json:"-"` // empty: of a file, which has none
	OfficeID string     `json:"-"`
	Body     []byte     `json:"-"` // nil: not known
}

// Change is what one field was, and is. Values are as JSON has them, hours as
// people write them; empty: the row hasn't the field.
type Change struct {
	Field string `json:"field"` // dotted name; status or office_id for what became of the row
	Old   string `json:"old"`
	New   string `json:"new"`
}

// ChangedRow is a row that both sides have, and not alike.
type ChangedRow struct {
	Row
	Was     int      `json:"was"` // its number on the old side
	Changes []Change `json:"changes"`
}

// Diff is what two reports or files have otherwise.
type Diff struct {
	Added   []Row        `json:"added"`   // in the order of the new side
	Removed []Row        `json:"removed"` // in that of the old side
	Changed []ChangedRow `json:"changed"` // in that of the new side
	Same    int          `json:"same"`    // rows that are alike
}

// Empty says that both sides have the same rows, in whatever order.
func (d *Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// Compare holds two sides against each other, row by row: rows with the same
// key are the same row, whatever its number. It holds the old side in memory.
// What only one side knows of a row (a file has no outcomes, a CSV report no
// bodies) is no difference.
func Compare(old, new iter.Seq2[Row, error]) (*Diff, error) {
	before, err := collect(old)
	if err != nil {
		return nil, err
	}
	d := &Diff{Added: []Row{}, Removed: []Row{}, Changed: []ChangedRow{}}
	for row, err := range new {
		if err != nil {
			return nil, err
		}
		was := before.take(row.Key)
		if was == nil {
			d.Added = append(d.Added, row.bare())
			continue
		}
		d.put(was, &row)
	}
	d.Removed = append(d.Removed, before.left()...)
	return d, nil
}

func (d *Diff) put(was, is *Row) {
	changes := changesOf(was, is)
	if len(changes) == 0 {
		d.Same++
		return
	}
	d.Changed = append(d.Changed, ChangedRow{is.bare(), was.Row, changes})
}

// bare is the row without its body, which may be large.
func (r *Row) bare() Row { return Row{Row: r.Row, Key: r.Key, Name: r.Name, Country: r.Country} }

// rowsByKey are the rows of one side. Several may have one key: rows that are
// told twice, or have none.
type rowsByKey struct {
	all   []*Row
	byKey map[office.Key][]*Row
	taken map[*Row]bool
}

func collect(rows iter.Seq2[Row, error]) (*rowsByKey, error) {
	c := &rowsByKey{byKey: map[office.Key][]*Row{}, taken: map[*Row]bool{}}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		c.all = append(c.all, &row)
		c.byKey[row.Key] = append(c.byKey[row.Key], &row)
	}
	return c, nil
}

// take is the next row of a key; nil where there is none.
func (c *rowsByKey) take(key office.Key) *Row {
	rows := c.byKey[key]
	if len(rows) == 0 {
		return nil
	}
	c.byKey[key], c.taken[rows[0]] = rows[1:], true
	return rows[0]
}

// left are the rows that nobody took.
func (c *rowsByKey) left() (rows []Row) {
	for _, r := range c.all {
		if !c.taken[r] {
			rows = append(rows, r.bare())
		}
	}
	return rows
}
