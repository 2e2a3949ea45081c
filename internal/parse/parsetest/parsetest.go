// Package parsetest helps the tests of the readers.
package parsetest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// FailingReader fails every Read with Err.
type FailingReader struct{ Err error }

func (f FailingReader) Read([]byte) (int, error) { return 0, f.Err }

// KnownHeadings is a sheet.Options.Known for tests.
func KnownHeadings(heading string) bool {
	return slices.Contains([]string{
		"name", "country", "currency", "invoiced", "mainline_number", "group_description",
		"billing_address.city", "billing_address.region", "e911_address.city",
	}, strings.ToLower(heading))
}

// WriteFile writes a file that lasts as long as the test, and returns its path.
func WriteFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// KindOf returns the kind of the first problem of an InputError, or "" for any other error.
func KindOf(t testing.TB, err error) string {
	t.Helper()
	e, ok := errors.AsType[*office.InputError](err)
	if !ok {
		return ""
	}
	return string(e.Problems[0].Kind)
}

// Headings is the heading line of most test files.
const Headings = "name,country,group_description\n"

// RefusalOf returns the first problem of err, which must be an InputError.
func RefusalOf(t *testing.T, err error) office.Problem {
	t.Helper()
	input, ok := errors.AsType[*office.InputError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want an InputError", err, err)
	}
	return input.Problems[0]
}
