package sheet

import (
	"errors"
	"fmt"

	"officeimporter/internal/office"
)

// Refuse is why the file can't be used; row 0 is the whole file. The file's
// name and unit are filled in by Open.
func Refuse(kind office.ProblemKind, row int, format string, args ...any) error {
	p := office.Problem{Row: row, Kind: kind, Message: fmt.Sprintf(format, args...)}
	return &office.InputError{Problems: []office.Problem{p}}
}

// InFile fills in what an InputError doesn't know yet of its file.
func InFile(err error, path, unit string) error {
	if e, ok := errors.AsType[*office.InputError](err); ok {
		e.File = path
		if e.Unit == "" {
			e.Unit = unit
		}
	}
	return err
}

// Refuse adds a problem of the row as such.
func (r *Row) AddProblem(kind office.ProblemKind, format string, args ...any) {
	r.Problems = append(r.Problems, office.Problem{Row: r.Number, Kind: kind, Message: fmt.Sprintf(format, args...)})
}
