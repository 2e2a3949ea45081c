package importer

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/fix"
	"officeimporter/internal/journal/postgres"
)

// Stem returns a file's path without its extension. The journal and the mapping file are named after it. A fix file
// has the stem of the file it was made from.
func Stem(file string) string { return fix.Origin(OwnStem(file)) }

// OwnStem is like Stem, but a fix file has a stem of its own, for its reports.
func OwnStem(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// journalPath returns the path of a file's journal for a server and company. The company of the API key is empty.
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

// MappingPath returns the path of the mapping file that belongs to a file.
func MappingPath(file string) string { return Stem(file) + ".mapping.yaml" }

// ownMapping returns the path of the mapping file that belongs to a file; empty if there is none.
func ownMapping(file string) string {
	if path := MappingPath(file); exists(path) {
		return path
	}
	return ""
}

// Absolute returns an absolute path, or path itself if that can't be determined.
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

// Role says what a file is for in a run.
type Role struct{ Name, Path string }

// roles returns the files that are read and written.
func (f *File) roles(all companyRuns, reports []Report) []Role {
	roles := []Role{{"the file that is read", f.path}, {"the mapping file", f.mapping}}
	for _, c := range all {
		if !postgres.Is(c.path) {
			roles = append(roles, Role{"the journal", c.path})
		}
	}
	name := "a report"
	for _, r := range reports {
		roles = append(roles, Role{name, r.Path})
		name = "another report"
	}
	return roles
}

// distinct refuses one file in two roles: a report must not overwrite the input or the journal.
func distinct(all []Role) error {
	for i, a := range all {
		for _, b := range all[:i] {
			if a.Path != "" && b.Path != "" && samePlace(a.Path, b.Path) {
				return failure(KindUsage, "%q can't be both %s and %s", a.Path, b.Name, a.Name)
			}
		}
	}
	return nil
}

// samePlace reports whether two paths lead to one file, which may not exist yet.
func samePlace(a, b string) bool {
	whole, err1 := filepath.Abs(a)
	other, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && whole == other || atomicfile.Same(a, b)
}
