package journal

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// manyRows returns a journal with more rows than are read together. A row in three is created, and
// one line is too long to be read with others.
func manyRows(t *testing.T) (*Journal, *memoryFile, int) {
	t.Helper()
	j, m := openMemory(t, nil)
	rows := 3*blockRecords*runtime.GOMAXPROCS(0) + 7
	for i := range rows {
		r := unknown(fmt.Sprint("row ", i))
		if i == rows-2 { // near the end, since each write copies the file in memory
			r.Words = strings.Repeat("x", blockBytes)
		}
		mustBegin(t, j, r)
		if i%3 == 0 {
			mustFinish(t, j, created(string(r.Key), fmt.Sprint(i)))
		}
	}
	return j, m, rows
}

func TestRecordsOfManyRows(t *testing.T) {
	j, _, rows := manyRows(t)
	for outcome, step := range map[office.Outcome]int{office.Created: 3, office.Unknown: 1} {
		i := 0
		for r, err := range j.Records(outcome) {
			if step == 1 && i%3 == 0 {
				i++
			}
			if err != nil || r.Outcome != outcome || string(r.Key) != fmt.Sprint("row ", i) {
				t.Fatalf("record %d is %q, %v: %v", i, r.Key, r.Outcome, err)
			}
			i += step
		}
		if i < rows-1 {
			t.Errorf("%v: ended before row %d of %d", outcome, i, rows)
		}
	}
	for range j.Records() {
		break // must leave nothing running, and not panic
	}
}

// TestRecordsUpToDamage checks that the records before a bad line can still be read.
func TestRecordsUpToDamage(t *testing.T) {
	j, m, rows := manyRows(t)
	bad := j.locations(func(m office.RowInfo) bool { return m.Outcome == office.Created })[rows/3-1]
	m.data[bad.offset+20] ^= 1
	before, failed := 0, 0
	for _, err := range j.Records(office.Created) {
		switch {
		case err == nil && failed == 0:
			before++
		case errors.Is(err, errNoLine):
			failed++
		default:
			t.Errorf("after %d records and %d errors: %v", before, failed, err)
		}
	}
	if before != rows/3-1 || failed != 1 {
		t.Errorf("%d records and %d errors, want %d and 1", before, failed, rows/3-1)
	}
}
