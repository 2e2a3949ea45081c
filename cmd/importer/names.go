package main

import (
	"os"
	"path/filepath"
	"strings"
)

// stem is a file's path without its ending; what belongs to the file is named
// after it. A fix file belongs to the file that it was made from.
func stem(file string) string {
	base := strings.TrimSuffix(file, filepath.Ext(file))
	return strings.TrimSuffix(base, ".fix")
}

func journalPath(file, server string) string { return stem(file) + "." + server + ".journal" }

// ownStem is the stem of what is written for this very file.
func ownStem(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// mappingPath is the mapping file that belongs to a file, empty where there is none.
func mappingPath(file string) string {
	path := stem(file) + ".mapping.yaml"
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}
