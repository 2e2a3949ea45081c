package report

import (
	"bytes"
	"iter"
	"strconv"

	"officeimporter/internal/office"
)

// Row is what can be compared of a row in a report or a file.
type Row struct {
	Row      int        `json:"row"` // its number in the file
	Key      office.Key `json:"key"`
	Name     string     `json:"name"`
	Country  string     `json:"country"`
	Status   string     `json:"-"` // empty: a row of a file, which has no status
	OfficeID string     `json:"-"`
	Body     []byte     `json:"-"` // nil: not known
}

// Change is a difference in one field. Old and New are JSON, but hours are as people write them; empty means that the
// row doesn't have the field.
type Change struct {
	Field string `json:"field"` // name with dots, or status or office_id
	Old   string `json:"old"`
	New   string `json:"new"`
}

// ChangedRow is a row that both sides have, with differences.
type ChangedRow struct {
	Row
	Was     int      `json:"was"` // its number on the old side
	Changes []Change `json:"changes"`
}

// Diff is how two reports or files differ.
type Diff struct {
	Added   []Row        `json:"added"`   // in the order of the new side
	Removed []Row        `json:"removed"` // in the order of the old side
	Changed []ChangedRow `json:"changed"` // in the order of the new side
	Same    int          `json:"same"`    // rows without a difference
}

// Empty reports whether both sides have the same rows, in any order.
func (d *Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// Compare compares two reports or files. Rows with the same key are the same row, whatever their numbers. What only
// one side knows isn't a difference: a file has no outcomes, and a CSV report no request bodies. The old side is held
// in memory.
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

// bare returns the row without its body, which may be large.
func (r *Row) bare() Row { return Row{Row: r.Row, Key: r.Key, Name: r.Name, Country: r.Country} }

// rowsByKey is one side of a comparison. Several rows may have one key: duplicates, and rows without a key.
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

// take returns the next row with a key, or nil.
func (c *rowsByKey) take(key office.Key) *Row {
	rows := c.byKey[key]
	if len(rows) == 0 {
		return nil
	}
	c.byKey[key], c.taken[rows[0]] = rows[1:], true
	return rows[0]
}

// left returns the rows that take hasn't returned.
func (c *rowsByKey) left() (rows []Row) {
	for _, r := range c.all {
		if !c.taken[r] {
			rows = append(rows, r.bare())
		}
	}
	return rows
}

// changesOf lists the fields in which two rows with the same key differ.
func changesOf(was, is *Row) (changes []Change) {
	if was.Status != "" && is.Status != "" {
		changes = appendChange(changes, "status", was.Status, is.Status)
		changes = appendChange(changes, "office_id", was.OfficeID, is.OfficeID)
	}
	if was.Body == nil || is.Body == nil {
		changes = appendChange(changes, "name", strconv.Quote(was.Name), strconv.Quote(is.Name))
		return appendChange(changes, "country", strconv.Quote(was.Country), strconv.Quote(is.Country))
	}
	if bytes.Equal(was.Body, is.Body) {
		return changes
	}
	before, after := office.ParseMembers(was.Body), office.ParseMembers(is.Body)
	for i := range office.Fields {
		f := &office.Fields[i]
		changes = appendChange(changes, f.Name, textIn(before, f), textIn(after, f))
	}
	return changes
}

func appendChange(changes []Change, field, was, is string) []Change {
	if was == is {
		return changes
	}
	return append(changes, Change{field, was, is})
}

func textIn(m office.Members, f *office.Field) string {
	value, ok := m.Value(f)
	if !ok {
		return ""
	}
	return f.Show(value)
}
