package xlsx

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

func TestLayout(t *testing.T) {
	tests := map[string]struct {
		rows, after string
		want        []string
	}{
		"rows as they are": {twoRows, "", []string{"2|Main", "3|West"}},
		"blank rows inside": {sheettest.Header + `<row r="2" s="1"/><row r="5">` + sheettest.Inline("A5", "a") + sheettest.Inline("B5", " ") + `</row><row r="900000">` +
			sheettest.Inline("B900000", "b") + `</row>`, "", []string{"5|a", "900000||b"}},
		"rows out of order": {`<row r="3">` + sheettest.Inline("A3", "c") + `</row><row r="2">` + sheettest.Inline("A2", "b") + `</row>` + sheettest.Header, "",
			[]string{"2|b", "3|c"}},
		"cells out of order": {sheettest.Header + `<row r="2">` + sheettest.Inline("B2", "US") + sheettest.Inline("A2", "a") + `</row>`, "", []string{"2|a|US"}},
		"no references": {`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row/><row><c/><c t="inlineStr"><is><t>US</t></is></c></row>`, "",
			[]string{"3||US"}},
		"references now and then": {sheettest.Header + `<row r="4">` + sheettest.Inline("B4", "US") + `</row><row><c t="str"><v>a</v></c></row>`, "",
			[]string{"4||US", "5|a"}},
		"lower case": {sheettest.Header + `<row r="2"><c r="b2" t="str"><v>US</v></c></row>`, "", []string{"2||US"}},
		"rows elsewhere": {sheettest.Header + `<row r="2"><c r="A2" t="str"><v>a</v></c></row>`,
			`<extLst><ext><row r="9"><c t="str"><v>x</v></c></row></ext></extLst>`, []string{"2|a"}},
		"merged down": {sheettest.Header + `<row r="2">` + sheettest.Inline("A2", "a") + sheettest.Inline("B2", "US") + `</row><row r="3">` + sheettest.Inline("A3", "b") +
			sheettest.Inline("B3", "can't be seen") + `</row><row r="4">` + sheettest.Inline("A4", "c") + `</row><row r="5">` + sheettest.Inline("A5", "d") + `</row>`,
			`<mergeCells><mergeCell ref="B2:B4"/></mergeCells>`, []string{"2|a|US", "3|b|US", "4|c|US", "5|d"}},
		"merged across, and beyond the heading": {sheettest.Header + `<row r="2">` + sheettest.Inline("A2", "a") + `</row>`,
			`<mergeCells><mergeCell ref="A2:E2"/></mergeCells>`, []string{"2|a|a"}},
		"merged over rows with nothing else": {sheettest.Header + `<row r="2">` + sheettest.Inline("A2", "a") + `</row><row r="3"><c r="A3"/></row>`,
			`<mergeCells><mergeCell ref="A2:A9"/></mergeCells>`, []string{"2|a"}},
		"merged with the heading": {sheettest.Header + `<row r="2">` + sheettest.Inline("B2", "US") + `</row>`,
			`<mergeCells><mergeCell ref="A1:A3"/></mergeCells>`, []string{"2||US"}},
		"merged without an anchor": {sheettest.Header + `<row r="3">` + sheettest.Inline("A3", "x") + sheettest.Inline("B3", "US") + `</row>`,
			`<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`, []string{"3||US"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := openParts(t, sheettest.New(tt.rows, tt.after), sheet.Options{Known: knowsTwo})
			for range 2 { // the rows can be read again
				if got := sheettest.Lines(sheettest.AllRows(t, s)); !slices.Equal(got, tt.want) {
					t.Errorf("rows are %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestMergedCellsSaySo(t *testing.T) {
	s := openParts(t, sheettest.New(sheettest.Header+`<row r="2">`+sheettest.Inline("A2", "a")+sheettest.Inline("B2", "US")+`</row><row r="3">`+sheettest.Inline("A3", "b")+`</row>`,
		`<mergeCells><mergeCell ref="B2:B3"/></mergeCells>`), sheet.Options{})
	rows := sheettest.AllRows(t, s)
	if anchor, filled := rows[0].Cells[1], rows[1].Cells[1]; anchor.Merged || !filled.Merged {
		t.Errorf("anchor %+v, filled %+v", anchor, filled)
	}
}

func TestHidden(t *testing.T) {
	b := sheettest.New(sheettest.Header+`<row r="2" hidden="1">`+sheettest.Inline("A2", "a")+`</row><row r="3" hidden="0">`+sheettest.Inline("A3", "b")+`</row>`, "")
	b["xl/worksheets/sheet1.xml"] = strings.Replace(b["xl/worksheets/sheet1.xml"], "<sheetData>",
		`<cols><col min="1" max="1" width="9"/><col min="2" max="16384" hidden="1"/></cols><sheetData>`, 1)
	s := openParts(t, b, sheet.Options{})
	if s.Columns[0].Hidden || !s.Columns[1].Hidden {
		t.Errorf("columns %+v", s.Columns)
	}
	rows := sheettest.AllRows(t, s)
	if !rows[0].Hidden || rows[1].Hidden {
		t.Errorf("rows %+v", rows)
	}
}

func TestDataWithoutHeading(t *testing.T) {
	s := openParts(t, sheettest.New(`<row r="1">`+sheettest.Inline("A1", "name")+sheettest.Inline("C1", "country")+`</row><row r="2">`+sheettest.Inline("A2", "a")+sheettest.Inline("B2", "b")+
		sheettest.Inline("XFD2", "note")+`</row><row r="3">`+sheettest.Inline("D3", "alone")+`</row>`, ""), sheet.Options{})
	var got []string
	for _, row := range sheettest.AllRows(t, s) {
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
	b.WriteString(sheettest.Header)
	for i := 2; i <= 50_000; i++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d" s="0"/><c r="XFD%d" t="inlineStr"><is><t> </t></is></c></row>`, i, i, i)
	}
	b.WriteString(`<row r="1048576">` + sheettest.Inline("A1048576", "last") + `</row>`)
	s := openParts(t, sheettest.New(b.String(), ""), sheet.Options{Known: knowsTwo})
	allocations := testing.AllocsPerRun(1, func() {
		if got := sheettest.Lines(sheettest.AllRows(t, s)); !slices.Equal(got, []string{"1048576|last"}) {
			t.Errorf("rows %q", got)
		}
	})
	if allocations > 2*50_000 { // a stray space must not make a row of 16,384 cells
		t.Errorf("%v allocations for 50,000 blank rows", allocations)
	}
}
