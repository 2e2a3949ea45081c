package fix

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
)

func TestMarkOf(t *testing.T) {
	r := office.Result{Outcome: office.Refused, Record: office.Record{HTTPStatus: 400, Words: "no such\ncountry"},
		Request: office.Request{Row: 14, Problems: []office.Problem{{Kind: mapping.HiddenRow, Message: "is hidden"}},
			Warnings: []office.Problem{{Column: "Zip", Message: "was padded", Suggestion: "format it as text"}}}}
	want := RowNote{Row: 14, Status: "refused",
		Problems: "row 14: is hidden; HTTP 400: no such country; here it is shown: fed back it is sent, unless you delete it",
		Notes: []Note{{Text: "is hidden"}, {Text: "HTTP 400: no such\ncountry"},
			{Column: "Zip", Text: "was padded; format it as text", Warning: true}}}
	if diff := cmp.Diff(want, RowNoteOf(r, "row")); diff != "" {
		t.Error(diff)
	}
}

func TestFixNames(t *testing.T) {
	sums := checksums(t.TempDir())
	path := filepath.Join(t.TempDir(), "offices.fix.csv")
	second := strings.TrimSuffix(path, ".csv") + "-2.csv"
	first := func(input string) string {
		t.Helper()
		names, err := sums.freeNames(path, input)
		if err != nil {
			t.Fatal(err)
		}
		return names[0]
	}
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	input := filepath.Join(filepath.Dir(path), "offices.csv")
	if got := first(input); got != path {
		t.Errorf("a new one is %s", got)
	}
	write(path, "abc")
	if got := first(input); got != second {
		t.Errorf("next to somebody's file it is %s", got)
	}
	sum := [32]byte{0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
		0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad}
	sums.save(path, sum[:]) // the SHA-256 of abc
	if got := first(input); got != path {
		t.Errorf("in place of our own it is %s", got)
	}
	if got := first(path); got != second {
		t.Errorf("from our own as input it is %s", got)
	}
	write(path, "abd")
	if got := first(input); got != second {
		t.Errorf("next to a corrected one it is %s", got)
	}
	for n := 2; n <= 9; n++ {
		write(strings.TrimSuffix(path, ".csv")+fmt.Sprintf("-%d.csv", n), "mended")
	}
	if names, err := sums.freeNames(path, input); err == nil {
		t.Errorf("mended files may be replaced: %v", names)
	}
}
