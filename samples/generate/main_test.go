package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

// generate runs the command and returns the file that it made.
func generate(t *testing.T, ending string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "offices"+ending)
	if err := run(append(args, "-o", path)); err != nil {
		t.Fatal(err)
	}
	return path
}

// requests maps a file as the program does, and fails the test if any row has a problem.
func requests(t *testing.T, path string) []*office.Request {
	t.Helper()
	m, err := mapping.New(mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := parse.Open(path, sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	plan, err := m.Bind(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var all []*office.Request
	for r, err := range plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range append(r.Problems, r.Warnings...) {
			t.Errorf("row %d: %s: %s", r.Row, p.Kind, p)
		}
		all = append(all, r)
	}
	return all
}

func TestRowsAreValid(t *testing.T) {
	for _, columns := range []int{23, 40, 41, allColumns} {
		t.Run(fmt.Sprint(columns), func(t *testing.T) {
			got := requests(t, generate(t, ".csv", "-rows", "300", "-columns", fmt.Sprint(columns), "-seed", "3"))
			if len(got) != 300 {
				t.Fatalf("%d rows, want 300", len(got))
			}
			for i := range columns {
				if f := &office.Fields[i]; !f.Has(&got[0].Office) {
					t.Errorf("%s is empty", f.Name)
				}
			}
		})
	}
}

func TestWorkbookSaysTheSame(t *testing.T) {
	text, book := requests(t, generate(t, ".csv", "-rows", "50")), requests(t, generate(t, ".xlsx", "-rows", "50"))
	if len(text) != 50 || len(book) != 50 {
		t.Fatalf("%d rows in the CSV, %d in the workbook, want 50", len(text), len(book))
	}
	for i := range text {
		if !bytes.Equal(text[i].Body, book[i].Body) {
			t.Errorf("row %d:\n%s\n%s", book[i].Row, text[i].Body, book[i].Body)
		}
	}
}

func TestSeed(t *testing.T) {
	first := read(t, generate(t, ".csv", "-rows", "20"))
	if again := read(t, generate(t, ".csv", "-rows", "20")); !bytes.Equal(first, again) {
		t.Error("the same seed makes other offices")
	}
	if other := read(t, generate(t, ".csv", "-rows", "20", "-seed", "2")); bytes.Equal(first, other) {
		t.Error("another seed makes the same offices")
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"no file":           {"-rows", "5"},
		"half an address":   {"-columns", "20", "-o", "x.csv"},
		"half a routing":    {"-columns", "45", "-o", "x.csv"},
		"too many columns":  {"-columns", "99", "-o", "x.csv"},
		"unknown ending":    {"-o", "x.ods"},
		"no such source":    {"-from", "no-such-file.csv", "-o", "x.xlsx"},
		"a stray argument":  {"-o", "x.csv", "5000"},
		"no such directory": {"-o", "no-such-directory/x.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := run(args); err == nil {
				t.Error("no error")
			}
			if left, _ := os.ReadDir("."); len(left) > 0 {
				t.Errorf("left %s behind", left[0].Name())
			}
		})
	}
}
