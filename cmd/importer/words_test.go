package main

import (
	"testing"
)

func TestParseServer(t *testing.T) {
	for text, want := range map[string]struct{ url, label string }{
		"production":                {"https://dialpad.com", "production"},
		"sandbox":                   {"https://sandbox.dialpad.com", "sandbox"},
		"simulator":                 {"http://127.0.0.1:8377", "simulator"},
		"https://Dialpad.example/":  {"https://dialpad.example", "dialpad.example"},
		"http://127.0.0.1:80":       {"http://127.0.0.1:80", "127.0.0.1-80"},
		"http://localhost:1":        {"http://localhost:1", "localhost-1"},
		"http://[::1]:8377":         {"http://[::1]:8377", "--1-8377"},
		"":                          {},
		"prod":                      {},
		"dialpad.com":               {},
		"http://dialpad.com":        {},
		"http://127.0.0.1.evil.net": {},
		"https://key@dialpad.com":   {},
		"https://dialpad.com/?a=b":  {},
		"ftp://dialpad.com":         {},
		"https://":                  {},
	} {
		s, err := parseServer(text)
		if want.label == "" {
			if err == nil {
				t.Errorf("%q: taken for %s", text, s.url)
			}
			continue
		}
		if err != nil || s.url.String() != want.url || s.label != want.label {
			t.Errorf("%q: %v, %q, %v; want %+v", text, s.url, s.label, err, want)
		}
	}
}

func TestServerName(t *testing.T) {
	for typed, want := range map[string]string{"production": "production", "https://dialpad.example/": "https://dialpad.example"} {
		s, err := parseServer(typed)
		if err != nil || s.name() != want {
			t.Errorf("%q: %q, %v; want %q", typed, s.name(), err, want)
		}
	}
}

func TestMaxFailures(t *testing.T) {
	for text, want := range map[string]int{"1": 1, "20": 20, "5%": 10, "100%": 200, "0": 0, "-1": 0, "101%": 0, "5 %": 0, "%": 0, "five": 0} {
		var f failures
		err := f.Set(text)
		if (err == nil) != (want > 0) {
			t.Errorf("%q: %v", text, err)
		}
		if got := f.of(200); got != want {
			t.Errorf("%q of 200 rows: %d, want %d", text, got, want)
		}
	}
	small := failures{number: 1, percent: true}
	if got := small.of(5); got != 1 {
		t.Errorf("1%% of 5 rows: %d, want at least 1", got)
	}
}

func TestNames(t *testing.T) {
	for file, want := range map[string]string{
		"offices.xlsx":             "offices.production.journal",
		"a.b/offices.csv":          "a.b/offices.production.journal",
		"offices.fix.csv":          "offices.production.journal",
		"offices.report.fix.xlsx":  "offices.report.production.journal",
		"offices":                  "offices.production.journal",
		"../x y/Offices (2).final": "../x y/Offices (2).production.journal",
	} {
		if got := journalPath(file, "production", ""); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}
