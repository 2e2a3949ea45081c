package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
)

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"Łódź (日本)":     "Łódź (日本)",
		"":              "",
		"a\tb":          `"a\tb"`,
		"\x1b[31mred":   `"\x1b[31mred"`,
		"a\u202eb":      `"a\u202eb"`,
		"a\u00a0b":      `"a\u00a0b"`,
		`he said "hi"`:  `he said "hi"`,
		"\u009b1mstill": `"\u009b1mstill"`,
	} {
		if got := importer.Printable(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The JSON that is shown means the same as the body.
func TestPrintableJSON(t *testing.T) {
	for _, text := range []string{"Łódź", "a\u009bb\u00a0\u202ec", "tag \U000e0041.", "\x7f"} {
		body, err := office.Body(&office.Office{Name: text})
		if err != nil {
			t.Fatal(err)
		}
		shown := printableJSON(string(body))
		if importer.Printable(shown) != shown {
			t.Errorf("%q: a terminal would obey %q", text, shown)
		}
		var back office.Office
		if err := json.Unmarshal([]byte(shown), &back); err != nil || back.Name != text {
			t.Errorf("%q became %q: %v", text, back.Name, err)
		}
	}
}

// If a journal was compacted, explain says that its history is not complete.
func TestExplainSaysThatHistoryWasTakenOut(t *testing.T) {
	e := &importer.Explanation{Journal: "offices.journal", Journaled: true, History: []importer.Event{{Event: importer.EventOutcome}}}
	for _, since := range []time.Time{{}, time.Unix(1_790_000_000, 0)} {
		e.Since = since
		var text strings.Builder
		if err := writeExplanation(&text, e); err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(text.String(), "was compacted at "); said == since.IsZero() {
			t.Errorf("compacted at %s, and explain says:\n%s", since, text.String())
		}
	}
}
