package parse

import (
	"bytes"
	"strings"

	"officeimporter/internal/parse/delimited"
)

// signatures are first bytes that show a file isn't a table in a text file.
var signatures = []struct{ prefix, format string }{
	{"%PDF-", "pdf"},
	{"\x1f\x8b", "gzip"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"Rar!\x1a", "rar"},
	{`{\rtf`, "rtf"},
	{"ID;PWXL", "slk"},
	{"MIME-Version: 1.0", "mhtml"},
	{"\x89PNG", "png"},
	{"\xff\xd8\xff", "jpeg"},
	{"\x09\x08\x10\x00", "xls"}, // workbook streams without a container: BIFF 8, 5, 4, 3, 2
	{"\x09\x08\x08\x00", "xls"},
	{"\x09\x04\x06\x00", "xls"},
	{"\x09\x02\x06\x00", "xls"},
	{"\x09\x00\x04\x00", "xls"},
}

// htmlStarts are the ways a web page begins. "<" alone proves nothing: a first heading may begin with it too.
var htmlStarts = []string{"<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div", "<!--"}

// plainStart is the start of the text without byte order mark and white space. Dropping the NULs makes UTF-16
// readable enough.
func plainStart(head []byte) string {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	return strings.TrimLeft(strings.ReplaceAll(string(head), "\x00", ""), " \t\r\n")
}

// signature tells by its first bytes which format a file has; "" means plain text.
func signature(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) {
			return s.format
		}
	}
	plain := strings.ToLower(plainStart(head))
	switch {
	case strings.HasPrefix(plain, "<?xml") && strings.Contains(plain, "urn:schemas-microsoft-com:office:spreadsheet"):
		return "xml2003"
	case strings.HasPrefix(plain, "<?xml") && strings.Contains(plain, "<html"):
		return "html"
	case strings.HasPrefix(plain, "<?xml"):
		return "xml"
	case hasAnyPrefix(plain, htmlStarts):
		return "html"
	case isBinary(head):
		return "binary"
	}
	return ""
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isBinary tells whether more than a tenth of the bytes are control characters. A single NUL in a text is a problem
// of its row, not of the file.
func isBinary(head []byte) bool {
	if delimited.UTF16Order(head) != "" {
		return false
	}
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			controls++
		}
	}
	return controls*10 > len(head)
}
