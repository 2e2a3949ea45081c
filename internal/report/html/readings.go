package html

import (
	"officeimporter/internal/office"
)

// maxTable bounds the memory of a readingTable, and not its use: what many rows
// share, such as "yes" read as true, is met early.
const maxTable = 4096

// readingTable has the readings that rows share: half of a page would be copies
// of them. The zero table is ready for use.
type readingTable struct {
	numbers map[office.Reading]int
	list    []office.Reading
}

// encode writes each reading as its number in the table, or once that is full
// as its parts: number of the field, column, value, read, rule.
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

// fieldNumbers are the places of fields in office.Fields.
var fieldNumbers = func() map[string]int {
	numbers := make(map[string]int, len(office.Fields))
	for i := range office.Fields {
		numbers[office.Fields[i].Name] = i
	}
	return numbers
}()
