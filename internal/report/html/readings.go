package html

import (
	"officeimporter/internal/office"
)

// maxTable limits the memory of a readingTable. Readings that many rows share, such as "yes" read as true, come up
// early.
const maxTable = 4096

// readingTable stores readings that rows share, as copies of them would be half of the page. The zero table is ready
// for use.
type readingTable struct {
	numbers map[office.Reading]int
	list    []office.Reading
}

// encode replaces each reading by its number in the table. Once the table is full, new readings are written out:
// field number, column, value, read, rule.
func (t *readingTable) encode(readings []office.Reading) []any {
	encoded := make([]any, len(readings))
	for i, r := range readings {
		if n, ok := t.number(r); ok {
			encoded[i] = n
			continue
		}
		encoded[i] = []any{fieldNumbers[r.Field], r.Column, r.Value, r.Read, r.Rule}
	}
	return encoded
}

func (t *readingTable) number(r office.Reading) (int, bool) {
	if n, ok := t.numbers[r]; ok {
		return n, true
	}
	if len(t.list) == maxTable {
		return 0, false
	}
	if t.numbers == nil {
		t.numbers = map[office.Reading]int{}
	}
	t.numbers[r] = len(t.list)
	t.list = append(t.list, r)
	return t.numbers[r], true
}

// fieldNumbers maps names to indexes of office.Fields.
var fieldNumbers = func() map[string]int {
	numbers := make(map[string]int, len(office.Fields))
	for i := range office.Fields {
		numbers[office.Fields[i].Name] = i
	}
	return numbers
}()
