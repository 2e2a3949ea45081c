package main

import (
	"path/filepath"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/journal/postgres"
)

// role is what a file is for in a run.
type role struct{ name, path string }

// roles are those of the files that a job reads and writes.
func (j *job) roles(lanes lanes, reports []reportPath) []role {
	all := []role{{"the file that is read", j.file}, {"the mapping file", j.mapping}}
	for _, l := range lanes {
		if !postgres.Is(l.path) {
			all = append(all, role{"the journal", l.path})
		}
	}
	name := "a report"
	for _, r := range reports {
		all = append(all, role{name, r.path})
		name = "another report"
	}
	return all
}

// distinct refuses one file in two roles: a report would take the place of what
// was read, or of the journal.
func distinct(all []role) error {
	for i, a := range all {
		for _, b := range all[:i] {
			if a.path != "" && b.path != "" && samePlace(a.path, b.path) {
				return fail("usage", "", "%q can't be both %s and %s", a.path, b.name, a.name)
			}
		}
	}
	return nil
}

// samePlace tells whether two paths lead to one file, which may not exist yet.
func samePlace(a, b string) bool {
	whole, err1 := filepath.Abs(a)
	other, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && whole == other || atomicfile.Same(a, b)
}
