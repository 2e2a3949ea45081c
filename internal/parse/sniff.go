package parse

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
	"officeimporter/internal/parse/xlsx"
)

// fileFormat is a format that the program can read.
type fileFormat int

const (
	formatText fileFormat = iota
	formatWorkbook
)

func (f fileFormat) String() string {
	if f == formatWorkbook {
		return "an XLSX workbook"
	}
	return "text"
}

// unit is what Row.Number counts.
func (f fileFormat) unit() string {
	if f == formatWorkbook {
		return "row"
	}
	return "line"
}

// sniff tells the format by the content alone: endings lie, and admin portals like to name an HTML table .xls. For a
// file that can't be read the error is an *office.InputError of kind encrypted, corrupt_file or unsupported_format:X.
func sniff(src *snapshot.Snapshot) (fileFormat, error) {
	head, err := src.Head(snapshot.HeadSize)
	switch {
	case err != nil:
		return formatText, err
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(src)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return formatText, sniffOLE(src)
	}
	if name := signature(head); name != "" {
		return formatText, unsupported(name)
	}
	return formatText, nil
}

func unsupported(name string) error {
	what, ok := formatNames[name]
	if !ok {
		what = "a " + strings.ToUpper(name) + " file"
	}
	return sheet.Refuse(office.ProblemKind("unsupported_format:"+name), 0,
		"is %s by its content, whatever its name; open it in a spreadsheet program and save it as .xlsx or .csv", what)
}

// formatNames describes the formats whose short name doesn't speak for itself.
var formatNames = map[string]string{
	"xls":     "an old Excel workbook (.xls)",
	"xlsb":    "a binary Excel workbook (.xlsb)",
	"ods":     "an OpenDocument spreadsheet (.ods)",
	"numbers": "a Numbers spreadsheet",
	"html":    "a web page",
	"xml2003": "an XML spreadsheet of Excel 2003",
	"xml":     "an XML file",
	"mhtml":   "a web page in one file",
	"zip":     "a ZIP archive",
	"ole":     "a document of an old Office program",
	"binary":  "neither text nor a workbook",
}

// zipFormats are entries of a ZIP archive that tell its format; "" is a workbook that we can read.
var zipFormats = []struct{ name, format string }{
	{"xl/workbook.xml", ""},
	{"xl/workbook.bin", "xlsb"},
	{"content.xml", "ods"},
	{"index.zip", "numbers"},
	{"index/document.iwa", "numbers"},
	{"word/document.xml", "docx"},
	{"ppt/presentation.xml", "pptx"},
}

func sniffZip(src *snapshot.Snapshot) (fileFormat, error) {
	archive, err := zip.NewReader(src, src.Size())
	if err != nil {
		return formatText, sheet.Refuse("corrupt_file", 0,
			"is a damaged or cut workbook or archive (%v); save, copy or download it again", err)
	}
	names := make(map[string]bool)
	for _, f := range archive.File {
		names[xlsx.EntryName(f)] = true
	}
	for _, part := range zipFormats {
		switch {
		case names[part.name] && part.format == "":
			return formatWorkbook, nil
		case names[part.name]:
			return formatText, unsupported(part.format)
		}
	}
	return formatText, unsupported("zip")
}

// oleFormats are streams of an OLE container that tell its format. The order matters: an encrypted workbook shows
// only EncryptedPackage.
var oleFormats = []struct{ name, format string }{
	{"EncryptedPackage", "encrypted"},
	{"Workbook", "xls"},
	{"Book", "xls"},
	{"WordDocument", "doc"},
}

func sniffOLE(src *snapshot.Snapshot) error {
	content, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return err
	}
	for _, stream := range oleFormats {
		switch found := bytes.Contains(content, directoryName(stream.name)); {
		case found && stream.format == "encrypted":
			return sheet.Refuse("encrypted", 0, "is protected with a password; open it with the password and save it without one")
		case found:
			return unsupported(stream.format)
		}
	}
	return unsupported("ole")
}

// directoryName is a stream's name as OLE stores it: UTF-16LE, ending with NUL.
func directoryName(name string) []byte {
	var wide []byte
	for _, c := range []byte(name + "\x00") {
		wide = append(wide, c, 0)
	}
	return wide
}
