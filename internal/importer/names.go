package importer

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"officeimporter/internal/fix"
)

// Stem is a file's path without its ending; what belongs to the file is named
// after it. A fix file belongs to the file that it was made from.
func Stem(file string) string { return fix.Origin(OwnStem(file)) }

// OwnStem is the stem of what is written for this very file.
func OwnStem(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// journalPath is where the journal of a file is: one for each server and
// company. The key's own company has no name.
func journalPath(file, server, company string) string {
	return namedJournal(Stem(file), server, company)
}

func namedJournal(stem, server, company string) string {
	path := stem + "." + server
	if company != "" {
		path += "." + company
	}
	return path + ".journal"
}

// MappingPath is what the mapping file that belongs to a file is called.
func MappingPath(file string) string { return Stem(file) + ".mapping.yaml" }

// ownMapping is the mapping file that belongs to a file; empty where there is none.
func ownMapping(file string) string {
	if path := MappingPath(file); exists(path) {
		return path
	}
	return ""
}

// Absolute returns a path as it is called in every folder, or as it is where that can't be told.
func Absolute(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}

// Printable returns text as it is, or quoted and escaped if it has characters that could control a terminal.
func Printable(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
