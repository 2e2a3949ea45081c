package main

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// readme returns the README at the root of the repository.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("README.md is not there yet")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The README's table of columns is what `importer fields --markdown` prints.
func TestReadmeFields(t *testing.T) {
	_, after, begun := strings.Cut(readme(t), "<!-- fields -->\n")
	table, _, ended := strings.Cut(after, "<!-- /fields -->")
	if !begun || !ended {
		t.Fatal("README.md has no table between <!-- fields --> and <!-- /fields -->")
	}
	var want strings.Builder
	if err := fieldsMarkdown(&want); err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(table) != strings.TrimSpace(want.String()) {
		t.Errorf("the README's table is not that of importer fields --markdown, which is\n%s", want.String())
	}
}

// The README has a table row for every status of a row and every exit status.
func TestReadmeTables(t *testing.T) {
	text := readme(t)
	words := []string{"0", "1", "2", "3", "130"}
	for _, o := range office.Outcomes() {
		words = append(words, o.String())
	}
	for _, word := range words {
		if !regexp.MustCompile("(?m)^\\| *`?" + word + "`? *\\|").MatchString(text) {
			t.Errorf("README.md has no row of a table that begins with %s", word)
		}
	}
}
