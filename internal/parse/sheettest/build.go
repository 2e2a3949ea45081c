// Package sheettest builds workbooks for tests and reads whole sheets.
package sheettest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	// MainNS is the namespace of a worksheet's elements.
	MainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// Workbook has the parts of a workbook by name. New makes one with the sheet "Offices".
type Workbook map[string]string

// New makes a workbook whose sheet has the given <sheetData> content, followed by after.
func New(rows, after string) Workbook {
	return Workbook{
		"xl/workbook.xml": `<workbook xmlns="` + MainNS + `" xmlns:r="` + relNS + `"><workbookPr/><sheets>` +
			`<sheet name="Offices" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` +
			`<Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relNS + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":            StylesXML("General"),
		"xl/sharedStrings.xml":     StringsXML("name", "country"),
		"xl/worksheets/sheet1.xml": SheetXML(rows, after),
	}
}

// SheetXML is a worksheet part with the given <sheetData> content, followed by after.
func SheetXML(rows, after string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="` + MainNS + `"><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`
}

// StringsXML is a part with these shared texts.
func StringsXML(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString("<si><t>" + s + "</t></si>")
	}
	return "<sst>" + b.String() + "</sst>"
}

// StylesXML is a part with one style for each format code.
func StylesXML(codes ...string) string {
	var formats, styles strings.Builder
	for i, code := range codes {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, strings.ReplaceAll(code, `"`, "&quot;"))
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 164+i)
	}
	return `<styleSheet><numFmts>` + formats.String() + `</numFmts><cellXfs>` + styles.String() + `</cellXfs></styleSheet>`
}

// Header is row 1 with the two shared texts of New.
const Header = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`

// Inline is a cell with a text of its own.
func Inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

// Zip packs the workbook.
func (b Workbook) Zip(tb testing.TB) []byte {
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

// Save writes the workbook to a file and returns its path.
func (b Workbook) Save(tb testing.TB) string {
	tb.Helper()
	return SaveWorkbook(tb, b.Zip(tb))
}

// SaveWorkbook writes a packed workbook to a file and returns its path.
func SaveWorkbook(tb testing.TB, content []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "offices.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}
