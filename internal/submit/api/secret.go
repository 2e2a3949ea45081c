package api

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"slices"
	"strings"
)

// Secret is the API key. Printed, formatted, logged or encoded in any way, it shows as "[secret]"; only the Client
// reads it.
type Secret struct {
	value string
	forms []string // how it may look in what a server says
}

// NewSecret wraps a key.
func NewSecret(value string) Secret { return Secret{value, formsOf(value)} }

const hidden = "[secret]"

// String hides the key.
func (Secret) String() string { return hidden }

// Format hides the key from every verb of fmt.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText hides the key from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the key from slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// IsZero reports whether there is no key.
func (s Secret) IsZero() bool { return s.value == "" }

// redact removes the key from a text that came from outside: a server or a proxy may echo what it was sent, also in
// base64, hexadecimal or percent-encoded.
func (s Secret) redact(text string) string {
	for _, form := range s.forms {
		text = strings.ReplaceAll(text, form, hidden)
	}
	return text
}

// minForm is how long an encoded form must be to be looked for. A shorter one may be there by chance.
const minForm = 8

// formsOf returns the key and what it looks like encoded.
func formsOf(value string) []string {
	if value == "" {
		return nil
	}
	forms := []string{value}
	key := []byte(value)
	encoded := []string{url.QueryEscape(value), url.PathEscape(value), hex.EncodeToString(key), strings.ToUpper(hex.EncodeToString(key))}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			encoded = append(encoded, within(encoding, key, before))
		}
	}
	for _, form := range encoded {
		if len(form) >= minForm && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

// within returns the characters of base64 that the key alone decides, where a number of bytes come before it in a
// group of three.
func within(encoding *base64.Encoding, key []byte, before int) string {
	text := encoding.EncodeToString(append(make([]byte, before), key...))
	end := (before + len(key)) * 8 / 6
	return text[min(end, (before*8+5)/6):end]
}

// minShown is how long a key must be to be removed from offices too, where a short one would change names.
const minShown = 16

// redactOffice removes the key from an office that a server shows.
func (s Secret) redactOffice(l *Listed) {
	if len(s.value) < minShown {
		return
	}
	l.Name, l.Country, l.State = s.redact(l.Name), s.redact(l.Country), s.redact(l.State)
	if text := string(l.Whole); strings.Contains(text, `\`) || s.redact(text) != text { // an escape may hide it
		l.Whole = s.redactJSON(l.Whole)
	}
}

// redactJSON removes the key from all texts of a JSON value.
func (s Secret) redactJSON(text []byte) []byte {
	var v any
	values := json.NewDecoder(bytes.NewReader(text))
	values.UseNumber() // ids must not be rounded
	if values.Decode(&v) != nil {
		return nil
	}
	redacted, err := json.Marshal(s.redactValue(v))
	if err != nil {
		return nil
	}
	return redacted
}

func (s Secret) redactValue(v any) any {
	switch v := v.(type) {
	case string:
		return s.redact(v)
	case []any:
		for i := range v {
			v[i] = s.redactValue(v[i])
		}
	case map[string]any:
		clean := make(map[string]any, len(v))
		for name, member := range v {
			clean[s.redact(name)] = s.redactValue(member)
		}
		return clean
	}
	return v
}
