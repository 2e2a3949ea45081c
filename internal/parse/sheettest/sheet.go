package sheettest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// SnapshotOf is a snapshot with this content.
func SnapshotOf(t testing.TB, content string) *snapshot.Snapshot {
	t.Helper()
	s, err := snapshot.Copy(strings.NewReader(content), int64(len(content)), snapshot.MaxInMemory)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// AllRows reads the sheet to its end and returns rows that stay valid.
func AllRows(t *testing.T, s *sheet.Sheet) (rows []sheet.Row) {
	t.Helper()
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	return rows
}

// Lines makes one line of each row: its number and the raw cells, separated by "|".
func Lines(rows []sheet.Row) (out []string) {
	for _, row := range rows {
		line := fmt.Sprint(row.Number)
		for _, c := range row.Cells {
			line += "|" + c.Raw
		}
		out = append(out, line)
	}
	return out
}
