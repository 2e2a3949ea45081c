package importer

import "testing"

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
		s, err := ParseServer(text)
		if want.label == "" {
			if err == nil {
				t.Errorf("%q: taken for %s", text, s.URL)
			}
			continue
		}
		if err != nil || s.URL.String() != want.url || s.Label != want.label {
			t.Errorf("%q: %v, %q, %v; want %+v", text, s.URL, s.Label, err, want)
		}
	}
}

func TestServerName(t *testing.T) {
	for typed, want := range map[string]string{"production": "production", "https://dialpad.example/": "https://dialpad.example"} {
		s, err := ParseServer(typed)
		if err != nil || s.Name() != want {
			t.Errorf("%q: %q, %v; want %q", typed, s.Name(), err, want)
		}
	}
}
