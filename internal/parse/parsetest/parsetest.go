// Package parsetest has what the tests of several readers need.
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

type FailingReader struct{ Err error }

func (f FailingReader) Read([]byte) (int, error) { return 0, f.Err }

// KnownHeadings are the headings of these tests.
func KnownHeadings(heading string) bool {
	return slices.Contains([]string{
		"name", "country", "currency", "invoiced", "mainline_number", "group_description",
		"billing_address.city", "billing_address.region", "e911_address.city",
	}, strings.ToLower(heading))
}

// WriteFile writes a file for a test and returns its path.
func WriteFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// KindOf is the kind of the first problem of an InputError; "" is none.
func KindOf(t testing.TB, err error) string {
	t.Helper()
	e, ok := errors.AsType[*office.InputError](err)
	if !ok {
		return ""
	}
	return string(e.Problems[0].Kind)
}

const Headings = "name,country,group_description\n"

// RefusalOf is the first problem of an error that must be an InputError.
func RefusalOf(t *testing.T, err error) office.Problem {
	t.Helper()
	input, ok := errors.AsType[*office.InputError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want an InputError", err, err)
	}
	return input.Problems[0]
}
