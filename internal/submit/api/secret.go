package api

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// Secret is the API key. Printed, formatted, logged or encoded in any way, it shows as "[secret]"; only the Client
// reads it.
type Secret struct{ value string }

// NewSecret wraps a key.
func NewSecret(value string) Secret { return Secret{value} }

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

// redact removes the key from a text that came from outside: a server or a proxy may echo what it was sent.
func (s Secret) redact(text string) string {
	if s.value == "" {
		return text
	}
	return strings.ReplaceAll(text, s.value, hidden)
}
