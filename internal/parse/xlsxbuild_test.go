package parse

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

const (
	mainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// bookParts are the parts of a workbook with one sheet "Offices", by name.
type bookParts map[string]string

// newBook is a workbook whose sheet has the given <sheetData> content; after
// is what follows it.
func newBook(rows, after string) bookParts {
	return bookParts{
		"xl/workbook.xml": `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><workbookPr/><sheets>` +
			`<sheet name="Offices" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` +
			`<Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relNS + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":            stylesXML("General"),
		"xl/sharedStrings.xml":     stringsXML("name", "country"),
		"xl/worksheets/sheet1.xml": sheetXML(rows, after),
	}
}

func sheetXML(rows, after string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="` + mainNS + `"><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`
}

func stringsXML(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString("<si><t>" + s + "</t></si>")
	}
	return "<sst>" + b.String() + "</sst>"
}

// stylesXML has a style for each format code.
func stylesXML(codes ...string) string {
	var formats, styles strings.Builder
	for i, code := range codes {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, strings.ReplaceAll(code, `"`, "&quot;"))
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 164+i)
	}
	return `<styleSheet><numFmts>` + formats.String() + `</numFmts><cellXfs>` + styles.String() + `</cellXfs></styleSheet>`
}

// header is row 1 with the two shared texts of newBook.
const header = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`

// inline is a cell with a text.
func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func (b bookParts) zip(tb testing.TB) []byte {
	tb.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(b)) {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(b[name]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func (b bookParts) save(tb testing.TB) string {
	tb.Helper()
	return saveBook(tb, b.zip(tb))
}

func saveBook(tb testing.TB, content []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "offices.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// open opens the workbook, and closes it at the end of the test.
func (b bookParts) open(t *testing.T, o Options) *Sheet {
	t.Helper()
	s, err := Open(b.save(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// allRows reads the sheet to its end; the cells are kept.
func allRows(t *testing.T, s *Sheet) (rows []Row) {
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

// lines is a line for each row: its number and what its cells hold.
func lines(rows []Row) (out []string) {
	for _, row := range rows {
		line := fmt.Sprint(row.Number)
		for _, c := range row.Cells {
			line += "|" + c.Raw
		}
		out = append(out, line)
	}
	return out
}

// refusalOf is the first problem of an error that must be an InputError.
func refusalOf(t *testing.T, err error) office.Problem {
	t.Helper()
	input, ok := errors.AsType[*office.InputError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want an InputError", err, err)
	}
	return input.Problems[0]
}
