package book

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// userFile makes a workbook with many features. The sheet to import is the second of three, and one sheet has the
// name that ours would get.
func userFile(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	number := func(n int, err error) int { must(err); return n }
	must(f.SetSheetName("Sheet1", "Summary"))
	number(f.NewSheet("Sites"))
	number(f.NewSheet("Lists"))
	for i, row := range [][]any{{"Name", "Country", "Zip", "City"}, {"A", "US", "02134", "Bonn"}, {"B", "USA", 2134, nil}, {"C", "US", "1", nil}, {"D", "US", "2", "Köln"}} {
		must(f.SetSheetRow("Sites", "A"+string(rune('1'+i)), &row))
	}
	bold := number(f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0000FF"}}, NumFmt: 49}))
	must(f.SetCellStyle("Sites", "C4", "C4", bold))
	must(f.SetCellFormula("Sites", "B5", "Lists!A1&Summary!A1"))
	must(f.SetCellValue("Summary", "A1", "mine"))
	must(f.MergeCell("Sites", "D2", "D4"))
	must(f.SetColWidth("Sites", "A", "A", 33))
	must(f.SetColVisible("Sites", "D", false))
	must(f.SetRowVisible("Sites", 5, false))
	must(f.AddComment("Sites", excelize.Comment{Cell: "A3", Author: "Ann", Text: "ask Bob"}))
	must(f.AddTable("Lists", &excelize.Table{Range: "A1:B3", Name: "Codes"}))
	must(f.AddChart("Lists", "D1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Lists!$A$1:$A$3"}}}))
	list := excelize.NewDataValidation(true)
	list.Sqref = "B2:B9"
	list.SetSqrefDropList("Lists!$A$1:$A$3")
	must(f.AddDataValidation("Sites", list))
	twice := number(f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Italic: true}}))
	must(f.SetConditionalFormat("Sites", "A1:A9", []excelize.ConditionalFormatOptions{{Type: "duplicate", Criteria: "=", Format: &twice}}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Sites!$A$1:$D$5", Scope: "Sites"}))
	must(f.AutoFilter("Sites", "A1:D5", nil))
	must(f.ProtectSheet("Sites", &excelize.SheetProtectionOptions{SelectLockedCells: true}))
	f.SetActiveSheet(1)
	content, err := f.WriteToBuffer()
	must(err)
	return content.Bytes()
}

// rezip changes the parts of a workbook. It drops a part whose name becomes empty.
func rezip(t testing.TB, content []byte, change func(name, text string) (string, string)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var buffer bytes.Buffer
	out := zip.NewWriter(&buffer)
	for _, part := range in.File {
		file, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		name, changed := change(part.Name, string(text))
		if name == "" {
			continue
		}
		w, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, changed); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func userSummary() *report.Summary {
	s := &report.Summary{File: "sites.xlsx", Sheet: "Sites"}
	for i, c := range []report.Column{{Heading: "Zip", Fields: []string{"billing_address.postal_code"}}, {Heading: "Name", Fields: []string{"name"}}, {Heading: "Country", Fields: []string{"country"}}, {Heading: "City", Fields: []string{"billing_address.city"}}} {
		c.Letter = []string{"C", "A", "B", "D"}[i]
		s.Columns = append(s.Columns, c)
	}
	return s
}

// userResults have something wrong in each row.
func userResults() []office.Result {
	row := func(n int, outcome office.Outcome, problems ...office.Problem) office.Result {
		return office.Result{Outcome: outcome, Request: office.Request{Row: n, Office: office.Office{Name: "x"}, Problems: problems}}
	}
	doubtful := row(2, office.Ready)
	doubtful.Request.Warnings = []office.Problem{{Column: "Zip", Message: "is odd", Suggestion: "look"}}
	wrong := row(4, office.Invalid, office.Problem{Column: "Zip", Message: "is short"}, office.Problem{Column: "City", Message: "is empty"})
	wrong.Request.Warnings = []office.Problem{{Column: "Zip", Message: "is odd"}}
	refused := row(5, office.Refused)
	refused.Record.Words = "no such country"
	gone := office.Result{Outcome: office.Created, Record: office.Record{Row: 4, Words: "left the file"}}
	return []office.Result{doubtful,
		row(3, office.Invalid, office.Problem{Column: "Name, City", Message: "is wrong"}, office.Problem{Field: "country", Message: "is unknown"}),
		wrong, refused, gone}
}

func remarks(t *testing.T, file *excelize.File) string {
	t.Helper()
	_, after, _ := strings.Cut(strings.Join(column(t, file, file.GetSheetName(0), 1), "\n"), "This workbook\n")
	return after
}

func TestUserSheetIsMarked(t *testing.T) {
	file := writeWorkbook(t, userSummary(), userFile(t), userResults())
	if got := file.GetSheetList(); !slices.Equal(got, []string{"Summary 2", "Results", "Summary", "Sites", "Lists"}) {
		t.Fatalf("sheets are %q", got)
	}
	got := map[string]string{}
	comments, err := file.GetComments("Sites")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range comments {
		got[c.Cell] = c.Author + ": " + c.Text
	}
	want := map[string]string{"A3": "Ann: ask Bob", "B3": "importer: is unknown", "C2": "importer: is odd; look", "C4": "importer: is short\nis odd",
		"D2": "importer: row 3: is wrong\nrow 4: is empty", "A5": "importer: no such country"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments: %s", diff)
	}
	for cell, paint := range map[string]string{"A3": "FFC7CE", "B3": "FFC7CE", "C2": "FFEB9C", "C4": "FFC7CE", "D2": "FFC7CE", "A5": "FFC7CE", "A2": "", "B2": "", "C3": ""} {
		style := styleOf(t, file, cell)
		if got := strings.Join(style.Fill.Color, ""); got != paint {
			t.Errorf("%s is painted %q, want %q", cell, got, paint)
		}
	}
	if style := styleOf(t, file, "C4"); !style.Font.Bold || style.Font.Color != "9C0006" || style.NumFmt != 49 {
		t.Errorf("C4 has lost its own style: %+v, %+v", style, style.Font)
	}
	if got := remarks(t, file); !strings.Contains(got, `"Sites" is yours`) || !strings.Contains(got, "1 coloured cells have no comment") {
		t.Errorf("remarks: %s", got)
	}
}

func styleOf(t *testing.T, file *excelize.File, cell string) *excelize.Style {
	t.Helper()
	number, err := file.GetCellStyle("Sites", cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := file.GetStyle(number)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

// Everything else in the user's workbook stays as it was.
func TestUserWorkbookIsKept(t *testing.T) {
	content := userFile(t)
	before, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	after := writeWorkbook(t, userSummary(), content, userResults())
	for what, of := range map[string]func(*excelize.File) (any, error){
		"rows":        func(f *excelize.File) (any, error) { return f.GetRows("Sites") },
		"formula":     func(f *excelize.File) (any, error) { return f.GetCellFormula("Sites", "B5") },
		"merges":      func(f *excelize.File) (any, error) { return f.GetMergeCells("Sites") },
		"width":       func(f *excelize.File) (any, error) { return f.GetColWidth("Sites", "A") },
		"column":      func(f *excelize.File) (any, error) { return f.GetColVisible("Sites", "D") },
		"row":         func(f *excelize.File) (any, error) { return f.GetRowVisible("Sites", 5) },
		"validations": func(f *excelize.File) (any, error) { return f.GetDataValidations("Sites") },
		"formats":     func(f *excelize.File) (any, error) { return f.GetConditionalFormats("Sites") },
		"protection":  func(f *excelize.File) (any, error) { return f.GetSheetProtection("Sites") },
		"table":       func(f *excelize.File) (any, error) { return f.GetTables("Lists") },
		"names": func(f *excelize.File) (any, error) {
			return slices.DeleteFunc(f.GetDefinedName(), func(d excelize.DefinedName) bool { return d.Scope == "Results" }), nil
		},
	} {
		want, errBefore := of(before)
		got, errAfter := of(after)
		if errBefore != nil || errAfter != nil || !reflect.DeepEqual(want, got) {
			t.Errorf("%s: %v (%v), want %v (%v)", what, got, errAfter, want, errBefore)
		}
	}
	if after.GetActiveSheetIndex() != 0 {
		t.Error("the summary isn't what is seen first")
	}
	for name, text := range partsOf(after) {
		if strings.HasPrefix(name, "xl/worksheets/") && bytes.Contains(text, []byte(` tabSelected="`)) {
			t.Errorf("%s is selected too: what is typed would stand in several sheets", name)
		}
	}
}

// A sheet that is too large for memory, or that excelize would spoil, is left out, and the summary says so.
func TestUserSheetThatIsLeftOut(t *testing.T) {
	content := userFile(t)
	edit := func(part, old, new string) []byte {
		return rezip(t, content, func(name, text string) (string, string) {
			if name == part {
				text = strings.ReplaceAll(text, old, new)
			}
			return name, text
		})
	}
	for why, content := range map[string][]byte{
		"300,000 cells":   edit("xl/worksheets/sheet3.xml", "<sheetData>", `<sheetData><row r="1048576"><c r="A1048576"/></row>`),
		"Strict Open XML": edit("xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
		"told apart":      edit("xl/workbook.xml", `name="Lists"`, `name="SITES"`),
		"sheets of macros": rezip(t, content, func(name, text string) (string, string) {
			return strings.Replace(name, "worksheets/sheet3", "macrosheets/sheet3", 1), text
		}),
		"called novelty": edit("xl/worksheets/sheet2.xml", "</sheetData>", "</sheetData><novelty x='1'/>"),
		"would change": rezip(t, content, func(name, text string) (string, string) {
			return strings.Replace(name, "docProps/app.xml", "xl/worksheets/sheet4.xml", 1), text
		}),
	} {
		file := writeWorkbook(t, userSummary(), content, userResults())
		if got := file.GetSheetList(); !slices.Equal(got, []string{"Summary", "Results"}) {
			t.Errorf("%s: sheets are %q", why, got)
		}
		if got := remarks(t, file); !strings.Contains(got, `"Sites" is not in this workbook: `) || !strings.Contains(got, why) {
			t.Errorf("%s: remarks: %s", why, got)
		}
		if got := column(t, file, "Results", 1); len(got) != 1+len(userResults()) {
			t.Errorf("%s: %d results", why, len(got))
		}
	}
}

// Comments that excelize would mix up aren't touched: cells are only coloured.
func TestUserCommentsOfAnotherKind(t *testing.T) {
	moved := func(name, text string) (string, string) {
		name = strings.Replace(name, "comments1.xml", "comments7.xml", 1)
		return name, strings.ReplaceAll(text, "comments1.xml", "comments7.xml")
	}
	chart := func(name, text string) (string, string) {
		name = strings.Replace(name, "charts/chart1.xml", "charts/chart2.xml", 1)
		return name, strings.ReplaceAll(text, "charts/chart1.xml", "charts/chart2.xml")
	}
	for what, change := range map[string]func(string, string) (string, string){"numbers that differ": moved, "a chart in the way": chart} {
		content := rezip(t, userFile(t), change)
		file := writeWorkbook(t, userSummary(), content, userResults())
		if comments, err := file.GetComments("Sites"); err != nil || len(comments) != 1 || comments[0].Text != "ask Bob" {
			t.Errorf("%s: comments are %v (%v)", what, comments, err)
		}
		if style := styleOf(t, file, "B3"); strings.Join(style.Fill.Color, "") != "FFC7CE" {
			t.Errorf("%s: B3 isn't painted", what)
		}
		if got := remarks(t, file); !strings.Contains(got, `stands in the sheet "Results" alone`) {
			t.Errorf("%s: remarks: %s", what, got)
		}
	}
}

func TestUserMacrosAreDropped(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(userFile(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.AddVBAProject([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 macros")); err != nil {
		t.Fatal(err)
	}
	f.Path = "sites.xlsm"
	var content bytes.Buffer
	if _, err := f.WriteTo(&content); err != nil {
		t.Fatal(err)
	}
	file := writeWorkbook(t, userSummary(), content.Bytes(), userResults())
	if !slices.Contains(file.GetSheetList(), "Sites") {
		t.Fatalf("sheets are %q", file.GetSheetList())
	}
	for name, text := range partsOf(file) {
		if strings.Contains(name, "vba") || strings.HasSuffix(name, ".rels") && strings.Contains(string(text), "vba") || strings.Contains(string(text), "macroEnabled") {
			t.Errorf("%s tells of macros", name)
		}
	}
}

// Other programs can open it too.
func TestUserWorkbookOpensElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	path := filepath.Join(t.TempDir(), "r.xlsx")
	w, err := createWorkbook(path, userFile(t))
	if err != nil {
		t.Fatal(err)
	}
	s := userSummary()
	for _, r := range userResults() {
		s.Add(r)
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(s); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(openInOffice(t, "fods", path), "r.fods"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`table:name="Summary 2"`, `table:name="Sites"`, "ask Bob", "no such country", `table:number-rows-spanned="3"`, `table:formula="of:=[$Lists.A1]&amp;[$Summary.A1]"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("LibreOffice does not see %s", want)
		}
	}
}

func TestHeldCells(t *testing.T) {
	for sheet, want := range map[string]int{
		``: 0, `<sheetData/>`: 0, `<row r="1"><c r="A1"/><c r="C1" s="1"/></row>`: 4, `<x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row>`: 4,
		`<row><c/><c></c></row><row><c/></row>`: 5, "<row\nr=\"3\"\n><c\n r=\"XFD3\"/>": 16384 + 3, `<cols><col/></cols>`: 0, `<row r="99999999"/>`: 1 << 20, `<c`: 0, `<`: 0,
	} {
		if got := heldCells([]byte(sheet)); got != want {
			t.Errorf("%s holds %d cells, want %d", sheet, got, want)
		}
	}
}
