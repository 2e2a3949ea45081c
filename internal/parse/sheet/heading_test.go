package sheet

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/parsetest"
)

// rowsOf makes rows of lines with cells separated by "|".
func rowsOf(lines ...string) (rows []Row) {
	for i, line := range lines {
		row := Row{Number: i + 1}
		for _, field := range strings.Split(line, "|") {
			row.Cells = append(row.Cells, TextCell(field))
		}
		rows = append(rows, row)
	}
	return rows
}

func TestFindHeading(t *testing.T) {
	known := Options{Known: parsetest.KnownHeadings}
	tests := map[string]struct {
		o       Options
		rows    []Row
		row     int    // 0: none
		columns string // names in the heading, separated by "|"
	}{
		"first row":             {known, rowsOf("Name|country|notes", "A|US|"), 1, "Name|country|notes"},
		"below a title":         {known, rowsOf("Office list||", "Exported|2026-11-01|", "name|country|invoiced"), 3, "name|country|invoiced"},
		"trimmed":               {known, rowsOf(" name \ufeff|\u00a0country"), 1, "name|country"},
		"unnamed columns":       {known, rowsOf("name||country|"), 1, "name||country|"},
		"60 %":                  {known, rowsOf("name|country|x|y", "name|country|invoiced|y|z"), 2, "name|country|invoiced|y|z"},
		"less, but most":        {known, rowsOf("a|b|c|d|e", "name|country|c|d|e|f"), 2, "name|country|c|d|e|f"},
		"one column":            {known, rowsOf("Offices of the north", "name", "A"), 2, "name"},
		"one word isn't enough": {known, rowsOf("A|name|c", "B|x|y"), 0, ""},
		"nothing known":         {known, rowsOf("a|b", "c|d"), 0, ""},
		"no rows":               {known, nil, 0, ""},
		"groups": {known, rowsOf("name|country|billing_address||e911_address", "||city|region|city"), 2,
			"name|country|billing_address.city|billing_address.region|e911_address.city"},
		"few known in both rows": {known, rowsOf("name|x|billing_address||", "||city|region|y"), 2,
			"name|x|billing_address.city|billing_address.region|y"},
		"merged down":             {known, rowsOf("name|country|billing_address", "name|country|city"), 2, "name|country|billing_address.city"},
		"a title isn't a group":   {known, rowsOf("Offices||", "name|country|"), 2, "name|country|"},
		"named":                   {Options{Known: parsetest.KnownHeadings, HeaderRow: 2}, rowsOf("name|country", "Nom|Pays"), 2, "Nom|Pays"},
		"named but blank":         {Options{HeaderRow: 5}, rowsOf("name|country"), 0, ""},
		"any":                     {Options{}, rowsOf("Title|", "a|b", "c|d"), 2, "a|b"},
		"any, of one column":      {Options{}, rowsOf("a", "b"), 1, "a"},
		"any, but not blank ones": {Options{}, nil, 0, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			index, err := FindHeading(tt.rows, tt.o)
			if tt.row == 0 {
				if parsetest.KindOf(t, err) != "no_header" {
					t.Errorf("row %d, error %v, want no_header", index+1, err)
				}
				return
			}
			if err != nil || index+1 != tt.row {
				t.Fatalf("row %d, error %v, want row %d", index+1, err, tt.row)
			}
			var names []string
			for _, c := range ColumnsOf(HeadingRow(tt.rows, index, tt.o)) {
				names = append(names, c.Name)
			}
			if got := strings.Join(names, "|"); got != tt.columns {
				t.Errorf("columns %s, want %s", got, tt.columns)
			}
		})
	}
}

func TestTopComplete(t *testing.T) {
	rows := rowsOf(strings.Split(strings.Repeat("a,", 30), ",")...)
	tests := []struct {
		rows, header int
		want         bool
	}{{0, 0, false}, {19, 0, false}, {20, 0, true}, {0, 3, false}, {2, 3, false}, {3, 3, true}, {25, 30, false}}
	for _, tt := range tests {
		if got := TopComplete(rows[:tt.rows], Options{HeaderRow: tt.header}); got != tt.want {
			t.Errorf("%+v: %t", tt, got)
		}
	}
}

func TestColumnsOf(t *testing.T) {
	row := Row{Cells: make([]Cell, 16384)}
	row.Cells[1] = Cell{Kind: Text, Raw: " Zip\n"}
	columns := ColumnsOf(row)
	want := []Column{{Index: 0, Letter: "A"}, {Index: 1, Name: "Zip", Letter: "B"}}
	if diff := cmp.Diff(want, columns[:2]); diff != "" {
		t.Error(diff)
	}
	for i, want := range map[int]string{25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if columns[i].Letter != want {
			t.Errorf("column %d is %s, want %s", i, columns[i].Letter, want)
		}
	}
}

func FuzzFindHeading(f *testing.F) {
	f.Add("name|country\nA|US", 0)
	f.Add("name|billing_address\n|city\nA|B", 0)
	f.Add("a|b", 2)
	f.Fuzz(func(t *testing.T, text string, header int) {
		top := rowsOf(strings.Split(text, "\n")...)
		before := len(top[0].Cells)
		o := Options{Known: parsetest.KnownHeadings, HeaderRow: max(0, header)}
		index, err := FindHeading(top, o)
		if err != nil {
			if e, ok := errors.AsType[*office.InputError](err); !ok || e.Problems[0].Message == "" {
				t.Fatalf("not an InputError: %v", err)
			}
			return
		}
		heading := HeadingRow(top, index, o)
		if known, _ := CountKnown(heading, o); known == 0 && o.HeaderRow == 0 {
			t.Fatalf("row %d of %q has no known heading", index, text)
		}
		if len(ColumnsOf(heading)) < len(top[index].Cells) || len(top[0].Cells) != before {
			t.Fatalf("a column of %q was lost", text)
		}
	})
}
