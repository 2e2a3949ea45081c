package parse

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// zipOf is an archive with entries of these names.
func zipOf(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// oleOf is as much of an OLE container as sniffing needs.
func oleOf(names ...string) string {
	s := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2000)
	for _, name := range names {
		s += string(directoryName(name))
	}
	return s
}

func TestSniff(t *testing.T) {
	wide := func(s string) string {
		return "\xff\xfe" + strings.Join(strings.Split(s, ""), "\x00") + "\x00"
	}
	tests := map[string]struct{ content, want string }{
		"csv":                    {"name,country\n", "text"},
		"heading in brackets":    {"<name>,country\n", "text"},
		"one NUL":                {"name,country\nA\x00B,US\n", "text"},
		"utf-16":                 {wide("name,country\n"), "text"},
		"utf-16 without a mark":  {wide("name,country\n")[2:], "text"},
		"SYLK-like heading":      {"ID;Plan\n1;a\n", "text"},
		"xlsx":                   {zipOf(t, "[Content_Types].xml", "xl/workbook.xml"), "an XLSX workbook"},
		"backslashes":            {zipOf(t, `XL\Workbook.xml`), "an XLSX workbook"},
		"xlsb":                   {zipOf(t, "xl/workbook.bin"), "unsupported_format:xlsb"},
		"ods":                    {zipOf(t, "mimetype", "content.xml"), "unsupported_format:ods"},
		"numbers":                {zipOf(t, "Index/Document.iwa"), "unsupported_format:numbers"},
		"docx":                   {zipOf(t, "word/document.xml"), "unsupported_format:docx"},
		"zip":                    {zipOf(t, "offices.csv"), "unsupported_format:zip"},
		"empty zip":              {zipOf(t), "unsupported_format:zip"},
		"cut zip":                {zipOf(t, "xl/workbook.xml")[:40], "corrupt_file"},
		"xls":                    {oleOf("Root Entry", "Workbook"), "unsupported_format:xls"},
		"xls of Excel 95":        {oleOf("Root Entry", "Book"), "unsupported_format:xls"},
		"xls without container":  {"\x09\x08\x10\x00\x00\x06\x05\x00", "unsupported_format:xls"},
		"password":               {oleOf("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted"},
		"doc":                    {oleOf("WordDocument"), "unsupported_format:doc"},
		"msg":                    {oleOf("Root Entry"), "unsupported_format:ole"},
		"html":                   {"\ufeff\r\n <HTML><body><table>", "unsupported_format:html"},
		"html in utf-16":         {wide("<table><tr>"), "unsupported_format:html"},
		"doctype":                {"<!DOCTYPE html><p>", "unsupported_format:html"},
		"xhtml":                  {`<?xml version="1.0"?><html xmlns="x">`, "unsupported_format:html"},
		"xml of Excel 2003":      {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "unsupported_format:xml2003"},
		"xml":                    {`<?xml version="1.0"?><offices/>`, "unsupported_format:xml"},
		"mhtml":                  {"MIME-Version: 1.0\r\n", "unsupported_format:mhtml"},
		"pdf":                    {"%PDF-1.7\n", "unsupported_format:pdf"},
		"gzip":                   {"\x1f\x8b\x08\x00", "unsupported_format:gzip"},
		"picture":                {"\x89PNG\r\n\x1a\n", "unsupported_format:png"},
		"something else":         {strings.Repeat("\x01\x02ab\x03", 50), "unsupported_format:binary"},
		"workbook and its macro": {zipOf(t, "xl/vbaProject.bin", "xl/workbook.xml"), "an XLSX workbook"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			format, err := sniff(sheettest.SnapshotOf(t, tt.content))
			got := format.String()
			if err != nil {
				got = parsetest.KindOf(t, err)
			}
			if got != tt.want {
				t.Errorf("%s (%v), want %s", got, err, tt.want)
			}
		})
	}
}

func TestMismatch(t *testing.T) {
	tests := map[string]struct {
		format fileFormat
		warn   bool
	}{
		"a.csv": {formatText, false}, "a.TXT": {formatText, false}, "offices": {formatText, false}, "a.2026": {formatText, false},
		"a.xlsx": {formatText, true}, "a.xls": {formatText, true}, "a.XLSM": {formatText, true},
		"b.xlsx": {formatWorkbook, false}, "b.xlsm": {formatWorkbook, false}, "b.Xltx": {formatWorkbook, false},
		"b.csv": {formatWorkbook, true}, "b.xls": {formatWorkbook, true}, "b": {formatWorkbook, true},
	}
	for path, tt := range tests {
		if got := extensionWarnings(path, tt.format); (len(got) == 1) != tt.warn {
			t.Errorf("%s, content %s: %v", path, tt.format, got)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("name,country\n"))
	f.Add([]byte(zipOf(f, "xl/workbook.xml")))
	f.Add([]byte(oleOf("EncryptedPackage")))
	f.Fuzz(func(t *testing.T, content []byte) {
		format, err := sniff(sheettest.SnapshotOf(t, string(content)))
		if err != nil && parsetest.KindOf(t, err) == "" {
			t.Fatalf("not an InputError: %v", err)
		}
		if isZip := bytes.HasPrefix(content, []byte("PK\x03\x04")); err == nil && format == formatWorkbook && !isZip {
			t.Fatalf("%q was taken for a workbook", content)
		}
	})
}

func TestTextNamedXLSX(t *testing.T) {
	s, err := Open(parsetest.WriteFile(t, "offices.xlsx", parsetest.Headings+"A,US,x\n"), sheet.Options{Known: parsetest.KnownHeadings})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Format != "csv" || !hasKind(s.Warnings, "extension_mismatch") {
		t.Errorf("format %s, warnings %v", s.Format, s.Warnings)
	}
}
