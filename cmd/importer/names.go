package main

import (
	"os"
	"path/filepath"
	"strings"

	"officeimporter/internal/fix"
)

// stem is a file's path without its ending; what belongs to the file is named
// after it. A fix file belongs to the file that it was made from.
func stem(file string) string {
	return fix.Origin(ownStem(file))
}

// journalPath is where the journal of a file stands: one for each server and
// company. The key's own company has no name.
func journalPath(file, server, company string) string {
	return namedJournal(stem(file), server, company)
}

func namedJournal(stem, server, company string) string {
	path := stem + "." + server
	if company != "" {
		path += "." + company
	}
	return path + ".journal"
}

// ownStem is the stem of what is written for this very file.
func ownStem(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// mappingEnding is what the mapping file's name has for its input's ending.
const mappingEnding = ".mapping.yaml"

// mappingPath is the mapping file that belongs to a file, empty where there is none.
func mappingPath(file string) string {
	path := stem(file) + mappingEnding
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}
