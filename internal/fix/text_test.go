package fix

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/parse"
	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
	"officeimporter/internal/parse/xlsx"
)

// excerptOf writes an excerpt of all rows and opens it.
func excerptOf(t testing.TB, s *sheet.Sheet, o sheet.Options) (*sheet.Sheet, []byte) {
	t.Helper()
	var out bytes.Buffer
	x, err := NewExcerpt(s, &out)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Add(RowNote{Row: row.Number, Status: "invalid", Problems: `column "A": is wrong, or so; it seems`}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "offices.fix."+s.Format)
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := parse.Open(path, o)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, out.Bytes())
	}
	t.Cleanup(func() { again.Close() })
	return again, out.Bytes()
}

// cellsOf has kind and text of each cell after the added columns, without outer white space.
func cellsOf(row sheet.Row, marks int) (cells []sheet.Cell) {
	for _, c := range row.Cells[min(marks, len(row.Cells)):] {
		c.Merged = false
		if c.Kind == sheet.Text {
			c.Raw = strings.TrimSpace(c.Raw)
		}
		cells = append(cells, c)
	}
	return xlsx.TrimBlank(cells)
}

// wantSameRows checks that an excerpt has the same cells as its sheet.
func wantSameRows(t *testing.T, before, after []sheet.Row) {
	t.Helper()
	if len(before) != len(after) {
		t.Fatalf("%d rows, want %d", len(after), len(before))
	}
	for i, row := range before {
		switch {
		case len(row.Problems) == 0:
			if diff := cmp.Diff(cellsOf(row, 0), cellsOf(after[i], 2)); diff != "" {
				t.Errorf("row %d -sheet +excerpt:\n%s", row.Number, diff)
			}
		case len(after[i].Problems) == 0:
			t.Errorf("row %d looks sound, though it has %v", row.Number, row.Problems)
		}
	}
}

func TestTextExcerpt(t *testing.T) {
	for name, content := range map[string]string{
		"comma":      "name,country,note\nA,DE,\"1, 2\"\nB,DE,\"two\nlines\"\n",
		"semicolon":  "sep=;\nname;country;note\r\nA, B;DE;c\r\n\r\nÜ;DE;12\" rack\r\n",
		"tab":        "name\tcountry\tnote\nA\tDE\t\"a\tb\"\nB,C\tDE\t\n",
		"bar":        "name|country|note\nA|DE|a,b;c\n",
		"cp1252":     "name,country,note\nZ\xfcrich,CH,\x80\n",
		"utf-16":     "\xff\xfen\x00a\x00m\x00e\x00;\x00c\x00o\x00u\x00n\x00t\x00r\x00y\x00\n\x00A\x00;\x00D\x00E\x00\n\x00",
		"guards":     "name,country,note\n=\"02134\",DE,\"=\"\"007\"\"\"\n'02134,DE,'=1+1\n''x,DE,'x\n",
		"formulas":   "name,country,note\n=1+1,DE,+14155550100\n-5 degrees,DE,@SUM(A1)\n\t=1+1,DE,\" -x\"\n",
		"errors":     "name,country,note\n#N/A,DE,#x\n",
		"titles":     "Offices of the north,,\nname,country,note\nA,DE,x\n",
		"blank ends": "name,country,note\nA,DE\nB,DE,x,,\n",
		"damaged":    "name,country,note\nA,DE,x,y\nB,DE,\"x\" y\nC,D\x00E,x\nD,DE,\"x,E,DE,y\nF,DE,x\n",
		"lost":       "name,country,note\n\u00e4\u00e4\u00e4 \ufffd,DE,x\n\xff\u00e4\u00e4,DE,x\n",
		"swallowed":  "name,country,note,a,b,c\nA,DE,\"x\nB,DE,y\nC,DE,z\",1,2,3\n",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := openText(t, content, sheet.Options{Known: parsetest.KnownHeadings})
			if err != nil {
				t.Fatal(err)
			}
			again, text := excerptOf(t, s, sheet.Options{Known: parsetest.KnownHeadings})
			if again.Encoding != "UTF-8" || again.Delimiter != s.Delimiter || again.HeaderRow != 1 || !bytes.HasPrefix(text, []byte("\ufeff")) {
				t.Errorf("%s %q, heading in line %d:\n%s", again.Encoding, again.Delimiter, again.HeaderRow, text)
			}
			wantSameRows(t, sheettest.AllRows(t, s), sheettest.AllRows(t, again))
			var names []string
			for _, c := range s.Columns {
				names = append(names, c.Name)
			}
			wantNames(t, again, names)
			third, _ := excerptOf(t, again, sheet.Options{Known: parsetest.KnownHeadings})
			wantNames(t, third, names)
		})
	}
}

// wantNames checks that the heading is the added columns and these names.
func wantNames(t *testing.T, s *sheet.Sheet, names []string) {
	t.Helper()
	var got []string
	for _, c := range s.Columns {
		got = append(got, c.Name)
	}
	if diff := cmp.Diff(append([]string{sheet.StatusColumn, sheet.ProblemsColumn}, names...), got); diff != "" {
		t.Errorf("heading -want +got:\n%s", diff)
	}
}

// No cell of an excerpt runs as a formula, except guards.
func TestExcerptFieldDoesNotRun(t *testing.T) {
	for field, want := range map[string]string{
		"": "", "a=1": "a=1", "=1+1": "'=1+1", "\t=1+1": "'=1+1", " @x": "'@x", "\tx": "x", "-5": "'-5",
		`="02134"`: `="02134"`, `="0"&"1"`: `'="0"&"1"`, "a\x00b": "a\ufffdb", "a\xffb": "a\ufffdb", "'=1": "'=1",
	} {
		if got := excerptField(field); got != want {
			t.Errorf("%q is written %q, want %q", field, got, want)
		}
	}
}

func TestExcerptWantsRowsInOrder(t *testing.T) {
	for _, s := range []*sheet.Sheet{openWorkbook(t, sheettest.New(sheettest.Header+`<row r="3">`+sheettest.Inline("A3", "x")+`</row><row r="4">`+sheettest.Inline("A4", "x")+`</row>`, ""), sheet.Options{}), sheetOf(t, "name,country\n\nA,DE\nB,DE\n")} {
		x, err := NewExcerpt(s, new(bytes.Buffer))
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Add(RowNote{Row: 4}); err != nil {
			t.Error(err)
		}
		if p := parsetest.RefusalOf(t, x.Add(RowNote{Row: 3})); p.Kind != "row_not_found" {
			t.Errorf("a row before the last: %v", p)
		}
		x.Abort()
	}
}

func sheetOf(t *testing.T, content string) *sheet.Sheet {
	t.Helper()
	s, err := openText(t, content, sheet.Options{Known: parsetest.KnownHeadings})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// brokenWriter accepts some bytes and then fails.
type brokenWriter struct{ left int }

var errDiskFull = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errDiskFull
	}
	return len(p), nil
}

func TestExcerptTellsThatTheDiskIsFull(t *testing.T) {
	book := openWorkbook(t, sheettest.New(sheettest.Header+`<row r="2">`+sheettest.Inline("A2", "x")+`</row>`, ""), sheet.Options{})
	for _, s := range []*sheet.Sheet{book, sheetOf(t, "name,country\nA,DE\n")} {
		x, err := NewExcerpt(s, &brokenWriter{left: 10})
		if err == nil {
			err = errors.Join(x.Add(RowNote{Row: 2}), x.Close())
		}
		if !errors.Is(err, errDiskFull) {
			t.Errorf("%s: %v", s.Format, err)
		}
	}
}

// Whatever a text file contains, a sound row stays the same, and no other row becomes sound.
func FuzzTextExcerpt(f *testing.F) {
	for _, s := range []string{"a,b\nc,d\n", "a;b\n\"x\ny\";=1\n", "a,b\n\"x\" y,z\n'=1,2,3\n", "a\tb\n=\"1\"\t\x00\n", "a,b\n\"c,d\n e\", f\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		s, err := openText(t, content, sheet.Options{HeaderRow: 1, Encoding: "utf-8", Delimiter: ","})
		if err != nil || slices.ContainsFunc(s.Columns, sheet.Column.IsFixColumn) {
			t.Skip()
		}
		again, _ := excerptOf(t, s, sheet.Options{HeaderRow: 1, Delimiter: ","})
		wantSameRows(t, sheettest.AllRows(t, s), sheettest.AllRows(t, again))
	})
}

func openText(t testing.TB, content string, o sheet.Options) (*sheet.Sheet, error) {
	t.Helper()
	return parse.Open(parsetest.WriteFile(t, "offices.csv", content), o)
}

// openWorkbook opens the workbook and closes it after the test.
func openWorkbook(t *testing.T, b sheettest.Workbook, o sheet.Options) *sheet.Sheet {
	t.Helper()
	s, err := parse.Open(b.Save(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
