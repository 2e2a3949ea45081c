package fix

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// everyKind has a row for each kind of cell, with values that are easily lost.
const everyKind = sheettest.Header +
	`<row r="2"><c r="A2"><v>6012345678901234567</v></c><c r="B2"><v>6.01E+18</v></c></row>` +
	`<row r="3"><c r="A3" s="1"><v>2134</v></c><c r="B3" s="2"><v>0.3333333333333333</v></c></row>` +
	`<row r="4"><c r="A4" s="3"><v>46000.5</v></c><c r="B4" t="b"><v>1</v></c></row>` +
	`<row r="5"><c r="A5" t="e"><v>#REF!</v></c><c r="B5" t="str"><f>A1</f><v>from a formula</v></c></row>` +
	`<row r="6" hidden="1">` + `<c r="A6" t="inlineStr"><is><t xml:space="preserve"> spaced </t></is></c><c r="B6" t="inlineStr"><is><t>two&#10;lines &amp; _x005F_x0041_ _x0001_</t></is></c></row>` +
	`<row r="7"><c r="A7" t="d"><v>2026-05-09T08:30:00</v></c><c r="B7" t="d"><v>08:30:00</v></c></row>` +
	`<row r="8">` + `<c r="A8" t="inlineStr"><is><t>=1+1</t></is></c><c r="B8" t="inlineStr"><is><t>'007</t></is></c></row>` +
	`<row r="9"><c r="A9" s="77" t="inlineStr"><is><t>odd style</t></is></c><c r="D9"><v>5</v></c></row>` +
	`<row r="10">` + `<c r="A10" t="inlineStr"><is><t>merged</t></is></c></row>` +
	`<row r="11"><c r="B11"><v>1</v></c></row>`

func everyKindWorkbook() sheettest.Workbook {
	b := sheettest.New(everyKind, `<mergeCells><mergeCell ref="A10:A11"/></mergeCells>`)
	b["xl/styles.xml"] = strings.Replace(sheettest.StylesXML("General", "00000", "h:mm", "yyyy-mm-dd"), "<styleSheet>", `<styleSheet xmlns="`+sheettest.MainNS+`">`, 1)
	return b
}

func TestWorkbookExcerptKeepsCells(t *testing.T) {
	date1904 := everyKindWorkbook()
	date1904["xl/workbook.xml"] = strings.Replace(date1904["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	odd := everyKindWorkbook() // excelize can't read its styles
	odd["xl/styles.xml"] = strings.Replace(odd["xl/styles.xml"], ` xmlns="`+sheettest.MainNS+`"`, "", 1)
	for name, book := range map[string]sheettest.Workbook{"1900": everyKindWorkbook(), "1904": date1904, "odd styles": odd} {
		t.Run(name, func(t *testing.T) {
			s := openWorkbook(t, book, sheet.Options{})
			again, _ := excerptOf(t, s, sheet.Options{})
			if again.Name != s.Name {
				t.Errorf("sheet is called %q, want %q", again.Name, s.Name)
			}
			before, after := sheettest.AllRows(t, s), sheettest.AllRows(t, again)
			for i, row := range before {
				want, got := cellsOf(row, 0), cellsOf(after[i], 2)
				if row.Number == 7 { // the ISO type is the only thing that is lost
					for c := range want {
						want[c].Raw, want[c].Format, got[c].Raw, got[c].Format = "", "", "", ""
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("row %d -sheet +excerpt:\n%s", row.Number, diff)
				}
				if after[i].Hidden {
					t.Errorf("row %d is hidden", row.Number)
				}
			}
			if len(after[7].Warnings) != 1 {
				t.Errorf("cells right of the heading are lost: %v", after[7])
			}
		})
	}
}

// A formula without a value would compute something else in another place.
func TestWorkbookExcerptComputesNothing(t *testing.T) {
	s := openWorkbook(t, sheettest.New(sheettest.Header+`<row r="2"><c r="A2"><f>B1&amp;"x"</f></c><c r="B2"><v>1</v></c></row>`, ""), sheet.Options{})
	again, _ := excerptOf(t, s, sheet.Options{})
	if got := sheettest.AllRows(t, again)[0].Cells[2]; got != (sheet.Cell{Kind: sheet.Error, Raw: noValue}) {
		t.Errorf("got %+v", got)
	}
}

func TestWorkbookExcerptShowsWhatIsWrong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fix.xlsx")
	s, err := parse.Open(styledWorkbook(t), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out bytes.Buffer
	x, err := NewExcerpt(s, &out)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		x.Add(RowNote{Row: 3, Status: "invalid", Problems: "row 3: zip", Notes: []Note{
			{Column: "Zip", Text: "was padded", Warning: true}, {Column: "Zip", Text: "is too short"}, {Column: "Opens, Closes", Text: "overlap", Warning: true}, {Text: "of the row"}}}),
		x.Close(), os.WriteFile(path, out.Bytes(), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("Sites")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, c := range comments {
		texts[c.Cell] = c.Text
	}
	if diff := cmp.Diff(map[string]string{"D2": "was padded\nis too short", "E2": "overlap", "F2": "overlap"}, texts); diff != "" {
		t.Errorf("comments -want +got:\n%s", diff)
	}
	for cell, want := range map[string]string{
		"A1": "1F4E78 @", "D1": "1F4E78 @", "C2": " ", "D2": "FFC7CE 00000", "E2": "FFEB9C h:mm", "F2": "FFEB9C ",
	} {
		if got := lookOf(t, f, cell); got != want {
			t.Errorf("%s looks like %q, want %q", cell, got, want)
		}
	}
	if width, err := f.GetColWidth("Sites", "D"); err != nil || width != 23 {
		t.Errorf("column is %v wide (%v), want 23", width, err)
	}
	if panes, err := f.GetPanes("Sites"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("heading is not kept in sight: %+v (%v)", panes, err)
	}
	if raw, err := f.GetCellValue("Sites", "D2", excelize.Options{RawCellValue: true}); err != nil || raw != "2134" {
		t.Errorf("cell is %s (%v)", raw, err)
	}
}

// styledWorkbook has a heading in row 1 and an office in each of rows 2 to 4.
func styledWorkbook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	head, err1 := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}}, CustomNumFmt: new("@")})
	zip, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: new("00000")})
	clock, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: new("h:mm")})
	err := errors.Join(err1, err2, err3, f.SetSheetName("Sheet1", "Sites"),
		f.SetSheetRow("Sites", "A1", &[]string{"Name", "Zip", "Opens", "Closes"}), f.SetCellStyle("Sites", "A1", "D1", head),
		f.SetColWidth("Sites", "B", "B", 23))
	for _, row := range []string{"2", "3", "4"} {
		err = errors.Join(err, f.SetSheetRow("Sites", "A"+row, &[]any{"Office " + row, 2134, 0.375}),
			f.SetCellStyle("Sites", "B"+row, "B"+row, zip), f.SetCellStyle("Sites", "C"+row, "C"+row, clock))
	}
	path := filepath.Join(t.TempDir(), "sites.xlsx")
	if err := errors.Join(err, f.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	return path
}

// lookOf is a cell's background and number format.
func lookOf(t *testing.T, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("Sites", cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	look := strings.Join(style.Fill.Color, "") + " "
	if style.CustomNumFmt != nil {
		look += *style.CustomNumFmt
	}
	return look
}

// Memory is bounded: a full excerpt says so, and can still be closed.
func TestWorkbookExcerptIsFull(t *testing.T) {
	s := openWorkbook(t, everyKindWorkbook(), sheet.Options{})
	var out bytes.Buffer
	x, err := NewExcerpt(s, &out)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Add(RowNote{Row: 2}); err != nil {
		t.Fatal(err)
	}
	x.(*workbookExcerpt).cells = maxExcerptCells + 1
	if err := x.Add(RowNote{Row: 3}); !errors.Is(err, ErrExcerptFull) {
		t.Errorf("error is %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := parse.Open(sheettest.SaveWorkbook(t, out.Bytes()), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if rows := sheettest.AllRows(t, again); len(rows) != 1 {
		t.Errorf("%d rows", len(rows))
	}
}
