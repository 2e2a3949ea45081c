package parse

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestLayout(t *testing.T) {
	tests := map[string]struct {
		rows, after string
		want        []string
	}{
		"rows as they are": {twoRows, "", []string{"2|Main", "3|West"}},
		"blank rows inside": {header + `<row r="2" s="1"/><row r="5">` + inline("A5", "a") + inline("B5", " ") + `</row><row r="900000">` +
			inline("B900000", "b") + `</row>`, "", []string{"5|a", "900000||b"}},
		"rows out of order": {`<row r="3">` + inline("A3", "c") + `</row><row r="2">` + inline("A2", "b") + `</row>` + header, "",
			[]string{"2|b", "3|c"}},
		"cells out of order": {header + `<row r="2">` + inline("B2", "US") + inline("A2", "a") + `</row>`, "", []string{"2|a|US"}},
		"no references": {`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row/><row><c/><c t="inlineStr"><is><t>US</t></is></c></row>`, "",
			[]string{"3||US"}},
		"references now and then": {header + `<row r="4">` + inline("B4", "US") + `</row><row><c t="str"><v>a</v></c></row>`, "",
			[]string{"4||US", "5|a"}},
		"lower case": {header + `<row r="2"><c r="b2" t="str"><v>US</v></c></row>`, "", []string{"2||US"}},
		"rows elsewhere": {header + `<row r="2"><c r="A2" t="str"><v>a</v></c></row>`,
			`<extLst><ext><row r="9"><c t="str"><v>x</v></c></row></ext></extLst>`, []string{"2|a"}},
		"merged down": {header + `<row r="2">` + inline("A2", "a") + inline("B2", "US") + `</row><row r="3">` + inline("A3", "b") +
			inline("B3", "can't be seen") + `</row><row r="4">` + inline("A4", "c") + `</row><row r="5">` + inline("A5", "d") + `</row>`,
			`<mergeCells><mergeCell ref="B2:B4"/></mergeCells>`, []string{"2|a|US", "3|b|US", "4|c|US", "5|d"}},
		"merged across, and beyond the heading": {header + `<row r="2">` + inline("A2", "a") + `</row>`,
			`<mergeCells><mergeCell ref="A2:E2"/></mergeCells>`, []string{"2|a|a"}},
		"merged over rows with nothing else": {header + `<row r="2">` + inline("A2", "a") + `</row><row r="3"><c r="A3"/></row>`,
			`<mergeCells><mergeCell ref="A2:A9"/></mergeCells>`, []string{"2|a"}},
		"merged with the heading": {header + `<row r="2">` + inline("B2", "US") + `</row>`,
			`<mergeCells><mergeCell ref="A1:A3"/></mergeCells>`, []string{"2||US"}},
		"merged without an anchor": {header + `<row r="3">` + inline("A3", "x") + inline("B3", "US") + `</row>`,
			`<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`, []string{"3||US"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newBook(tt.rows, tt.after).open(t, Options{Known: knowsTwo})
			for range 2 { // the rows can be read again
				if got := lines(allRows(t, s)); !slices.Equal(got, tt.want) {
					t.Errorf("rows are %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestMergedCellsSaySo(t *testing.T) {
	s := newBook(header+`<row r="2">`+inline("A2", "a")+inline("B2", "US")+`</row><row r="3">`+inline("A3", "b")+`</row>`,
		`<mergeCells><mergeCell ref="B2:B3"/></mergeCells>`).open(t, Options{})
	rows := allRows(t, s)
	if anchor, filled := rows[0].Cells[1], rows[1].Cells[1]; anchor.Merged || !filled.Merged {
		t.Errorf("anchor %+v, filled %+v", anchor, filled)
	}
}

func TestHidden(t *testing.T) {
	b := newBook(header+`<row r="2" hidden="1">`+inline("A2", "a")+`</row><row r="3" hidden="0">`+inline("A3", "b")+`</row>`, "")
	b["xl/worksheets/sheet1.xml"] = strings.Replace(b["xl/worksheets/sheet1.xml"], "<sheetData>",
		`<cols><col min="1" max="1" width="9"/><col min="2" max="16384" hidden="1"/></cols><sheetData>`, 1)
	s := b.open(t, Options{})
	if s.Columns[0].Hidden || !s.Columns[1].Hidden {
		t.Errorf("columns %+v", s.Columns)
	}
	rows := allRows(t, s)
	if !rows[0].Hidden || rows[1].Hidden {
		t.Errorf("rows %+v", rows)
	}
}

func TestDataWithoutHeading(t *testing.T) {
	s := newBook(`<row r="1">`+inline("A1", "name")+inline("C1", "country")+`</row><row r="2">`+inline("A2", "a")+inline("B2", "b")+
		inline("XFD2", "note")+`</row><row r="3">`+inline("D3", "alone")+`</row>`, "").open(t, Options{})
	var got []string
	for _, row := range allRows(t, s) {
		for _, w := range row.Warnings {
			got = append(got, fmt.Sprint(w.Row, w.Kind, " ", w.Column, " ", w.Value, " ", len(row.Cells)))
		}
	}
	want := []string{"2data_without_header col B b 2", "2data_without_header col XFD note 2", "3data_without_header col D alone 0"}
	if !slices.Equal(got, want) {
		t.Errorf("warnings %q, want %q", got, want)
	}
}

// TestBlankRowsAreCheap: people format whole columns.
func TestBlankRowsAreCheap(t *testing.T) {
	var b strings.Builder
	b.WriteString(header)
	for i := 2; i <= 50_000; i++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d" s="0"/><c r="XFD%d" t="inlineStr"><is><t> </t></is></c></row>`, i, i, i)
	}
	b.WriteString(`<row r="1048576">` + inline("A1048576", "last") + `</row>`)
	s := newBook(b.String(), "").open(t, Options{Known: knowsTwo})
	allocations := testing.AllocsPerRun(1, func() {
		if got := lines(allRows(t, s)); !slices.Equal(got, []string{"1048576|last"}) {
			t.Errorf("rows %q", got)
		}
	})
	if allocations > 2*50_000 { // a stray space makes no row of 16,384 cells
		t.Errorf("%v allocations for 50,000 blank rows", allocations)
	}
}
