package delimited

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
	"officeimporter/internal/parse/snapshot"
)

// openString opens a text file with this content.
func openString(t testing.TB, content string, o sheet.Options) (*sheet.Sheet, error) {
	t.Helper()
	s, err := openTextAt(parsetest.WriteFile(t, "offices.csv", content), o)
	if err == nil {
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return s, err
}

// rowLines makes a line of each row: its number, its cells separated by "|", and the kinds of its problems and
// warnings.
func rowLines(t testing.TB, s *sheet.Sheet) (lines []string) {
	t.Helper()
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(row.Number)
		for _, c := range row.Cells {
			line += "|" + c.Raw
		}
		lines = append(lines, line+kinds(" error:", row.Problems)+kinds(" warn:", row.Warnings))
	}
	return lines
}

func kinds(prefix string, problems []office.Problem) (s string) {
	for _, p := range problems {
		s += prefix + string(p.Kind)
		if p.Column != "" {
			s += "@" + p.Column
		}
	}
	return s
}

func options() sheet.Options {
	return sheet.Options{Known: parsetest.KnownHeadings, Required: func(h string) bool { return h == "name" || h == "country" }}
}

func TestTextRows(t *testing.T) {
	tests := map[string]struct {
		content string
		want    []string
	}{
		"plain":               {"A,US,x\nB,DE,\n", []string{"2|A|US|x", "3|B|DE|"}},
		"text stays as it is": {" A  b ,007,1E5\n", []string{"2| A  b |007|1E5"}},
		"blank rows":          {"\nA,US,x\n,,\n \t,\u00a0,\u200b\nB,US,x\n", []string{"3|A|US|x", "6|B|US|x"}},
		"line of several":     {"A,US,\"x\r\ny\"\nB,US,z\n", []string{"2|A|US|x\ny", "4|B|US|z"}},
		"too many":            {"A,US,x,y\nB,US,x,,\n", []string{"2|A|US|x error:ragged_row", "3|B|US|x"}},
		"optional missing":    {"A,US\n", []string{"2|A|US warn:short_row"}},
		"required missing":    {"A\nB,US,x\n", []string{"2|A error:ragged_row", "3|B|US|x"}},
		"guards":              {"=\"007\",\"=\"\"US\"\"\",'-5\n'02,'+1,'Tis\n", []string{"2|007|US|-5", "3|02|+1|'Tis"}},
		"bare quote":          {"12\" rack,US,5' 6\"\n", []string{"2|12\" rack|US|5' 6\" warn:bare_quote@name warn:bare_quote@group_description"}},
		"bad quote":           {"\"A\" b,US,x\nB,US,\n", []string{"2|\"A\" b|US|x error:bad_quote", "3|B|US|"}},
		"quote left open":     {"\"A,US,x\nB,US,\n", []string{"2|\"A|US|x error:unterminated_quote", "3|B|US|"}},
		"swallowed rows": {"A,\"US,x\nB,DE,x\nC,FR\",x\nD,US,\n", []string{
			"2|A|US,x\nB,DE,x\nC,FR|x error:suspect_quote_swallow", "5|D|US|"}},
		"NUL":            {"A\x00,US,x\nB,US,\n", []string{"2|A\x00|US|x error:nul_byte", "3|B|US|"}},
		"bad UTF-8":      {"Zürich,US,B\xfcro\nB,US,\n", []string{"2|Zürich|US|B\xfcro error:invalid_utf8@group_description", "3|B|US|"}},
		"lost character": {"Z\ufffdrich,US,\n", []string{"2|Z\ufffdrich|US| error:lost_character@name"}},
		"not only bad":   {"Zürich,B\xfcro\x00\n", []string{"2|Zürich|B\xfcro\x00 error:nul_byte error:invalid_utf8@country"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := openString(t, parsetest.Headings+tt.content, options())
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // Rows may be called again
				if diff := cmp.Diff(tt.want, rowLines(t, s)); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
		})
	}
}

func TestTextRowTooWide(t *testing.T) {
	s, err := openString(t, parsetest.Headings+strings.Repeat("x,", MaxColumns)+"\nA,US,x", options())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2|x|x|x error:row_too_long", "3|A|US|x"}
	if diff := cmp.Diff(want, rowLines(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestTextSheet(t *testing.T) {
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy, text string) string {
		s, err := unicode.UTF16(e, bom).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	sjis := func(text string) string {
		s, err := japanese.ShiftJIS.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	name := func(n string) string { return strings.ReplaceAll(parsetest.Headings, ",", ";") + n + ";US;x\r\n" }
	tests := map[string]struct {
		content   string
		o         sheet.Options
		encoding  string
		delimiter rune
		heading   int
		name      string // of the first row
		warn      string
	}{
		"ASCII":                     {parsetest.Headings + "A,US,x", options(), "UTF-8", ',', 1, "A", ""},
		"UTF-8":                     {name("Zürich"), options(), "UTF-8", ';', 1, "Zürich", ""},
		"UTF-8 with a mark":         {"\ufeff" + name("Zürich"), options(), "UTF-8", ';', 1, "Zürich", ""},
		"UTF-16LE":                  {utf16(unicode.LittleEndian, unicode.UseBOM, name("Zürich 東京")), options(), "UTF-16LE", ';', 1, "Zürich 東京", ""},
		"UTF-16BE":                  {utf16(unicode.BigEndian, unicode.UseBOM, name("Zürich 東京")), options(), "UTF-16BE", ';', 1, "Zürich 東京", ""},
		"UTF-16LE without":          {utf16(unicode.LittleEndian, unicode.IgnoreBOM, name("Zürich")), options(), "UTF-16LE", ';', 1, "Zürich", ""},
		"UTF-16BE without":          {utf16(unicode.BigEndian, unicode.IgnoreBOM, name("Zürich")), options(), "UTF-16BE", ';', 1, "Zürich", ""},
		"windows-1252":              {name("Z\xfcrich \x96 B\xfcro \x80"), options(), "windows-1252", ';', 1, "Zürich – Büro €", "encoding_assumed"},
		"accents before letters":    {name("Montr\xe9al"), options(), "windows-1252", ';', 1, "Montréal", "encoding_assumed"},
		"more of them":              {name("L\xe9opold St\xe9phane M\xfcller d\xe9j\xe0"), options(), "windows-1252", ';', 1, "Léopold Stéphane Müller déjà", "encoding_assumed"},
		"Shift-JIS":                 {sjis(name("東京支店 ソ表")), options(), "Shift_JIS", ';', 1, "東京支店 ソ表", "encoding_assumed"},
		"Shift-JIS of two":          {sjis(name("東京")), options(), "Shift_JIS", ';', 1, "東京", "encoding_assumed"},
		"Shift-JIS half width":      {sjis(name("ﾄｳｷｮｳ 支店")), options(), "Shift_JIS", ';', 1, "ﾄｳｷｮｳ 支店", "encoding_assumed"},
		"named cp932":               {sjis(name("東")), sheet.Options{Known: parsetest.KnownHeadings, Encoding: "CP932"}, "Shift_JIS", ';', 1, "東", ""},
		"named latin-1":             {name("\x80"), sheet.Options{Known: parsetest.KnownHeadings, Encoding: "iso-8859-1"}, "windows-1252", ';', 1, "€", ""},
		"named macintosh":           {name("Z\x9frich"), sheet.Options{Known: parsetest.KnownHeadings, Encoding: "macintosh"}, "macintosh", ';', 1, "Zürich", ""},
		"named utf-16":              {utf16(unicode.BigEndian, unicode.UseBOM, name("A")), sheet.Options{Known: parsetest.KnownHeadings, Encoding: "utf-16"}, "UTF-16BE", ';', 1, "A", ""},
		"tab":                       {strings.ReplaceAll(parsetest.Headings, ",", "\t") + "A\tUS\tx, y, z", options(), "UTF-8", '\t', 1, "A", ""},
		"bar":                       {strings.ReplaceAll(parsetest.Headings, ",", "|") + "A|US|x, y", options(), "UTF-8", '|', 1, "A", ""},
		"sep line":                  {"sep=^\nname^country\nA^US", options(), "UTF-8", '^', 2, "A", ""},
		"named delimiter":           {"name:country\nA:US", sheet.Options{Known: parsetest.KnownHeadings, Delimiter: ":"}, "UTF-8", ':', 1, "A", ""},
		"named tab":                 {"name\tcountry\nA\tUS", sheet.Options{Delimiter: "tab"}, "UTF-8", '\t', 1, "A", ""},
		"constant, nothing known":   {"nom;pays\nA, b;FR\nC;DE", sheet.Options{}, "UTF-8", ';', 1, "A, b", ""},
		"constant beats variable":   {"nom;prix\nA,b;1,5\nC,d;2,0", sheet.Options{}, "UTF-8", ';', 1, "A,b", ""},
		"title rows, nothing known": {"Offices\nnom;pays\nA;FR", sheet.Options{}, "UTF-8", ';', 2, "A", ""},
		"one column":                {"name\nA\nB", options(), "UTF-8", ',', 1, "A", ""},
		"title rows":                {"Offices,,\n\n" + parsetest.Headings + "A,US,", options(), "UTF-8", ',', 3, "A", ""},
		"named heading":             {"name,country\nnom,pays\nA,US", sheet.Options{Known: parsetest.KnownHeadings, HeaderRow: 2}, "UTF-8", ',', 2, "A", ""},
		"named heading far below":   {strings.Repeat("x,y\n", 40) + "nom,pays\nA,US", sheet.Options{HeaderRow: 41}, "UTF-8", ',', 41, "A", ""},
		"two rows of heading":       {"name,country,billing_address,\n,,city,region\nA,US,b,c", options(), "UTF-8", ',', 2, "A", ""},
	}
	for what, tt := range tests {
		t.Run(what, func(t *testing.T) {
			s, err := openString(t, tt.content, tt.o)
			if err != nil {
				t.Fatal(err)
			}
			if s.Encoding != tt.encoding || s.Delimiter != tt.delimiter || s.HeaderRow != tt.heading {
				t.Errorf("%s, %q, heading on line %d", s.Encoding, s.Delimiter, s.HeaderRow)
			}
			first, _, _ := strings.Cut(strings.SplitN(rowLines(t, s)[0], "|", 2)[1], "|")
			if first != tt.name {
				t.Errorf("first cell %q, want %q", first, tt.name)
			}
			if got := strings.TrimPrefix(kinds(" ", s.Warnings), " "); got != tt.warn {
				t.Errorf("warnings %q, want %q", got, tt.warn)
			}
		})
	}
}

func TestTextRefuses(t *testing.T) {
	tests := map[string]struct {
		content string
		o       sheet.Options
		want    string
	}{
		"empty":                {"", sheet.Options{}, "empty_file"},
		"only a mark":          {"\ufeff", sheet.Options{}, "empty_file"},
		"only blanks":          {"\r\n , ,\n", sheet.Options{}, "empty_file"},
		"only a sep line":      {"sep=;\n", sheet.Options{}, "empty_file"},
		"heading alone":        {parsetest.Headings + "\n,,\n", options(), "no_rows"},
		"no heading":           {"A,US,x\nB,DE,y\n", options(), "no_header"},
		"header row is blank":  {parsetest.Headings + "\nA,US,", sheet.Options{HeaderRow: 2}, "no_header"},
		"header row too far":   {parsetest.Headings + "A,US,", sheet.Options{HeaderRow: 9}, "no_header"},
		"broken heading":       {"name,country,\"x\nA,US,x\n", options(), "unterminated_quote"},
		"two delimiters":       {"a;b,c\n1;2,3\n", sheet.Options{}, "ambiguous_delimiter"},
		"bad delimiter":        {parsetest.Headings, sheet.Options{Delimiter: "::"}, "bad_delimiter"},
		"quote for delimiter":  {parsetest.Headings, sheet.Options{Delimiter: `"`}, "bad_delimiter"},
		"unknown encoding":     {parsetest.Headings, sheet.Options{Encoding: "latin-99"}, "unknown_encoding"},
		"encoding not for use": {parsetest.Headings, sheet.Options{Encoding: "iso-2022-kr"}, "unknown_encoding"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := openString(t, tt.content, tt.o)
			if got := parsetest.KindOf(t, err); got != tt.want {
				t.Errorf("%v, want kind %s", err, tt.want)
			}
		})
	}
}

// Bytes that are wrong in the encoding never pass as text.
func TestTextBadBytes(t *testing.T) {
	for encoding, name := range map[string]string{
		"shift_jis": "\x85\xff", "windows-1252": "Gen\x8fve", "utf-8": "Z\xfcrich", "utf-16le": "\x00\xd8A\x00",
	} {
		content := "name,country\n" + name + ",US\nB,US\n"
		if encoding == "utf-16le" {
			content = strings.Join(strings.Split("name,country\n", ""), "\x00") + "\x00" + name + ",\x00U\x00S\x00\n\x00B\x00,\x00U\x00"
		}
		s, err := openString(t, content, sheet.Options{Known: parsetest.KnownHeadings, Encoding: encoding})
		if err != nil {
			t.Fatal(err)
		}
		lines := rowLines(t, s)
		if !strings.Contains(lines[0], " error:invalid_") || strings.Contains(lines[1], "error") {
			t.Errorf("%s: %q", encoding, lines)
		}
	}
}

func TestTextCells(t *testing.T) {
	text := func(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Raw: s} }
	tests := map[string]sheet.Cell{
		"": {}, " \t\n": {}, "\u00a0\u3000\u2060": {}, `=""`: {}, `="  "`: {},
		"#N/A": {Kind: sheet.Error, Raw: "#N/A"}, "#DIV/0!": {Kind: sheet.Error, Raw: "#DIV/0!"},
		"#n/a": text("#n/a"), "N/A": text("N/A"), "#1 desk": text("#1 desk"), " #N/A": text(" #N/A"),
		`="02134"`: text("02134"), `="a"&"b"`: text(`="a"&"b"`), `="`: text(`="`), "=1+1": text("=1+1"),
		"'=1": text("=1"), "'+1": text("+1"), "'-1": text("-1"), "'@a": text("@a"), "'0": text("0"),
		"'\t=1": text("\t=1"), "''1": text("''1"), "'": text("'"), "' ": text("' "), "'t Zand": text("'t Zand"),
		"TRUE": text("TRUE"), " x ": text(" x "), "é": text("é"),
	}
	for field, want := range tests {
		if got := sheet.TextCell(field); got != want {
			t.Errorf("%q: %+v, want %+v", field, got, want)
		}
	}
}

// A file that is read in several chunks is read to its end, whatever its encoding, and the sample shows the text
// that isn't ASCII.
func TestTextLargeFile(t *testing.T) {
	const rows = 20_000
	var b strings.Builder
	b.WriteString(parsetest.Headings)
	for i := range rows {
		fmt.Fprintf(&b, "Office %d,US,%s\r\n", i, strings.Repeat("a", i%40))
	}
	b.WriteString(strings.Repeat("long ", 12) + "Caf\xe9,US,\r\n")
	s, err := openString(t, b.String(), options())
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, 0
	for row, err := range s.Rows() {
		if err != nil || len(row.Problems) > 0 {
			t.Fatal(row, err)
		}
		n, last = n+1, row.Number
	}
	if n != rows+1 || last != rows+2 {
		t.Errorf("%d rows, the last on line %d", n, last)
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Value, "Café") {
		t.Errorf("warnings %v", s.Warnings)
	}
}

// The cells of a row can be kept by copying them, and the file may change after Open.
func TestTextSnapshot(t *testing.T) {
	path := parsetest.WriteFile(t, "offices.csv", parsetest.Headings+"A,US,x\nB,DE,y\n")
	s, err := openTextAt(path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.WriteFile(path, []byte("gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	var kept [][]sheet.Cell
	for row := range s.Rows() {
		kept = append(kept, slices.Clone(row.Cells))
	}
	if len(kept) != 2 || kept[0][0].Raw != "A" || kept[1][2].Raw != "y" {
		t.Errorf("%v", kept)
	}
	if s.File != path || s.Format != "csv" || s.Unit != "line" || s.Name != "" {
		t.Errorf("%+v", s)
	}
}

func FuzzOpenText(f *testing.F) {
	f.Add([]byte(parsetest.Headings+"A,US,\"x\ny\"\n"), "", "")
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00"), "", "tab")
	f.Add([]byte("name;country\nZ\xfcrich;US\n"), "cp932", ";")
	f.Fuzz(func(t *testing.T, content []byte, encoding, delimiter string) {
		s, err := Open(sheettest.SnapshotOf(t, string(content)), sheet.Options{Known: parsetest.KnownHeadings, Encoding: encoding, Delimiter: delimiter})
		if err != nil {
			if parsetest.KindOf(t, err) == "" {
				t.Fatalf("not an InputError: %v", err)
			}
			return
		}
		last := s.HeaderRow
		for row, err := range s.Rows() {
			if err != nil || row.Number <= last || len(row.Cells) > len(s.Columns) {
				t.Fatalf("row %d after %d with %d cells, %v", row.Number, last, len(row.Cells), err)
			}
			last = row.Number
		}
	})
}

// openTextAt opens a text file as parse.Open does.
func openTextAt(path string, o sheet.Options) (*sheet.Sheet, error) {
	src, err := snapshot.Take(path)
	if err != nil {
		return nil, err
	}
	s, err := Open(src, o)
	if err == nil {
		err = s.Attach(path, "line", src)
	}
	if err != nil {
		return nil, errors.Join(sheet.InFile(err, path, "line"), src.Close())
	}
	return s, nil
}
