package importer

import (
	"path/filepath"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/journal/postgres"
)

// Role is what a file is for in a run.
type Role struct{ Name, Path string }

// roles are those of the files that are read and written.
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

// distinct refuses one file in two roles: a report would take the place of what
// was read, or of the journal.
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

// samePlace tells whether two paths lead to one file, which may not exist yet.
func samePlace(a, b string) bool {
	whole, err1 := filepath.Abs(a)
	other, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && whole == other || atomicfile.Same(a, b)
}
