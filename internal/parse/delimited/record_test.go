package delimited

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/parse/parsetest"
)

// record is a copy of a Record that stays valid.
type record struct {
	Line, Lines int
	Fields      []string
	Bare        []int
	Problem     string
}

func readRecords(t testing.TB, text string, comma byte, width int) (records []record) {
	t.Helper()
	c := newRecordReader(strings.NewReader(text), comma)
	c.width = width
	for {
		rec, err := c.next()
		if errors.Is(err, io.EOF) {
			return records
		}
		if err != nil {
			t.Fatal(err)
		}
		r := record{Line: rec.Line, Lines: rec.lines, Fields: slices.Clone(rec.Fields)}
		r.Bare = append(r.Bare, rec.bare...)
		if rec.problem != nil {
			r.Problem = string(rec.problem.Kind)
		}
		records = append(records, r)
	}
}

func TestCSVRecords(t *testing.T) {
	one := func(line int, fields ...string) record { return record{Line: line, Lines: 1, Fields: fields} }
	bad := func(line int, kind string, fields ...string) record {
		return record{Line: line, Lines: 1, Fields: fields, Problem: kind}
	}
	tests := map[string]struct {
		text  string
		width int
		want  []record
	}{
		"nothing":              {"", 0, nil},
		"byte order mark":      {"\ufeff", 0, nil},
		"two of them":          {"\ufeff\ufeff\"a\",b\n", 0, []record{one(1, "a", "b")}},
		"no last line end":     {"a,b\nc,d", 0, []record{one(1, "a", "b"), one(2, "c", "d")}},
		"crlf":                 {"a\r\nb\r\n", 0, []record{one(1, "a"), one(2, "b")}},
		"lone cr":              {"a\rb\r", 0, []record{one(1, "a"), one(2, "b")}},
		"all three":            {"a\rb\r\nc\nd", 0, []record{one(1, "a"), one(2, "b"), one(3, "c"), one(4, "d")}},
		"empty lines count":    {"a\n\n\r\n\rb", 0, []record{one(1, "a"), one(5, "b")}},
		"empty fields":         {",\n\"\",\n", 0, []record{one(1, "", ""), one(2, "", "")}},
		"doubled quote":        {`"a ""b"" c",d`, 0, []record{one(1, `a "b" c`, "d")}},
		"blanks around quotes": {"a, \"b, c\"\t,d", 0, []record{one(1, "a", "b, c", "d")}},
		"line in a cell": {"\"a\r\nb\",c\nd,e", 0, []record{
			{Line: 1, Lines: 2, Fields: []string{"a\nb", "c"}}, one(3, "d", "e")}},
		"bare quote": {`12" rack,b`, 0, []record{{Line: 1, Lines: 1, Fields: []string{`12" rack`, "b"}, Bare: []int{0}}}},
		"guard has no bare quote": {`="02134",b"`, 0, []record{
			{Line: 1, Lines: 1, Fields: []string{`="02134"`, `b"`}, Bare: []int{1}}}},
		"bad quote":      {"\"Main\" desk,b\nc,d", 0, []record{bad(1, "bad_quote", `"Main" desk`, "b"), one(2, "c", "d")}},
		"never closed":   {"a,\"b\nc,d\ne,f", 0, []record{bad(1, "unterminated_quote", "a", `"b`), one(2, "c", "d"), one(3, "e", "f")}},
		"closed wrongly": {"a,\"b\n\"c\",d", 0, []record{bad(1, "unterminated_quote", "a", `"b`), one(2, "c", "d")}},
		"never closed after a cell of two lines": {"\"a\nb\",\"c\nd,e", 0, []record{
			{Line: 1, Lines: 2, Fields: []string{`"a`}, Problem: "unterminated_quote"}, one(3, "d", "e")}},
		"rows swallowed": {"a,\"b,c\nd,e,f\ng,h\",i\n1,2,3", 3, []record{
			{Line: 1, Lines: 3, Fields: []string{"a", "b,c\nd,e,f\ng,h", "i"}, Problem: "suspect_quote_swallow"},
			one(4, "1", "2", "3")}},
		"two rows swallowed": {"a,\"b,c,d\ne,f\",g,h", 4, []record{
			{Line: 1, Lines: 2, Fields: []string{"a", "b,c,d\ne,f", "g", "h"}, Problem: "suspect_quote_swallow"}}},
		"a note of two lines": {"a,\"b, c\nd\",e,f,g", 5, []record{{Line: 1, Lines: 2, Fields: []string{"a", "b, c\nd", "e", "f", "g"}}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readRecords(t, tt.text, ',', tt.width)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestCSVSepLine(t *testing.T) {
	tests := map[string]byte{
		"sep=;\na;b": ';', "\ufeffSEP=,\r\na": ',', "\"sep=\t\"\na": '\t',
		"sep=\na": 0, "sep=;;\na": 0, "a;b\nsep=;": 0,
	}
	for text, want := range tests {
		c := newRecordReader(strings.NewReader(text), ';')
		if c.sep != want {
			t.Errorf("%q: delimiter %q, want %q", text, c.sep, want)
		}
		if rec, err := c.next(); want != 0 && (err != nil || rec.Line != 2) {
			t.Errorf("%q: the first record isn't on line 2 (%v)", text, err)
		}
	}
}

func TestCSVTooLong(t *testing.T) {
	long := strings.Repeat("x", 3*maxRecord)
	const lines = maxRecord / 100
	got := readRecords(t, "a\n"+long+"\r\nb\n\"c\n"+strings.Repeat(strings.Repeat("d", 100)+"\n", lines)+"e", ',', 0)
	if len(got) != 4+lines+1 {
		t.Fatalf("%d records, want %d", len(got), 4+lines+1)
	}
	want := []string{"", "row_too_long", "", "unterminated_quote"}
	for i, kind := range want {
		if got[i].Problem != kind || got[i].Line != i+1 {
			t.Errorf("record %d: line %d, problem %q, want line %d, problem %q", i, got[i].Line, got[i].Problem, i+1, kind)
		}
	}
	if last := got[len(got)-1]; last.Line != 5+lines || last.Fields[0] != "e" {
		t.Errorf("last record is on line %d: %q", last.Line, last.Fields)
	}
}

// A read that fails must not look like the end of the file.
func TestCSVReadError(t *testing.T) {
	broken := errors.New("disk gone")
	c := newRecordReader(io.MultiReader(strings.NewReader("a,b\nc"), parsetest.FailingReader{Err: broken}), ',')
	if rec, err := c.next(); err != nil || rec.Line != 1 {
		t.Fatalf("the whole line before the fault wasn't read: %v", err)
	}
	if rec, err := c.next(); !errors.Is(err, broken) {
		t.Errorf("read %v and error %v, want error %v", rec, err, broken)
	}
}

// plainLines splits a text into lines in a second way.
func plainLines(text string) []string {
	for strings.HasPrefix(text, "\ufeff") {
		text = strings.TrimPrefix(text, "\ufeff")
	}
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

func FuzzCSVReader(f *testing.F) {
	for _, s := range []string{"", "a,b\n\"c\"\"d\",e\n", "\"a\nb\",c\r\rd", "x,\"y\nz", "sep=;\na\"b;c", "\"a\" b,c\n\"d\n\"e\nf,\"\"\n", "\ufeff\ufeff\n\"\r\n\""} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, width uint8) {
		lines := plainLines(text)
		owner := make([]int, len(lines))
		c := newRecordReader(strings.NewReader(text), ',')
		skipped := c.line - 1
		for _, r := range readRecords(t, text, ',', int(width)) {
			for i := range r.Lines {
				owner[r.Line-1+i]++
			}
			if lines[r.Line-1] == "" || len(r.Fields) == 0 {
				t.Fatalf("a record starts on the empty line %d", r.Line)
			}
		}
		for i, n := range owner {
			if n > 1 || n == 0 && lines[i] != "" && i >= skipped {
				t.Fatalf("line %d (%q) belongs to %d records", i+1, lines[i], n)
			}
		}
	})
}

// What encoding/csv accepts, this reader reads in the same way.
func FuzzCSVAgrees(f *testing.F) {
	for _, s := range []string{"a,b\nc,d\n", "\"a\"\"\",\"b\nc\"\n\nd,e", "a,\"\",\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		std := csv.NewReader(strings.NewReader(text))
		std.FieldsPerRecord = -1
		want, err := std.ReadAll()
		if err != nil || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") ||
			strings.HasPrefix(text, "\ufeff") || newRecordReader(strings.NewReader(text), ',').sep != 0 {
			t.Skip("encoding/csv refuses it, or reads it in another way on purpose")
		}
		var got [][]string
		for _, r := range readRecords(t, text, ',', 0) {
			got = append(got, r.Fields)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-encoding/csv +ours:\n%s", diff)
		}
	})
}
