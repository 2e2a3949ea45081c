package sheet

import (
	"errors"
	"fmt"

	"officeimporter/internal/office"
)

// Refuse is an *office.InputError that says why the file can't be used. Row 0 means the whole file. parse.Open adds
// the file's name and unit.
func Refuse(kind office.ProblemKind, row int, format string, args ...any) error {
	p := office.Problem{Row: row, Kind: kind, Message: fmt.Sprintf(format, args...)}
	return &office.InputError{Problems: []office.Problem{p}}
}

// InFile adds the file's path, and the unit if it has none yet, to an *office.InputError. Any other err, or nil,
// comes back unchanged.
func InFile(err error, path, unit string) error {
	if e, ok := errors.AsType[*office.InputError](err); ok {
		e.File = path
		if e.Unit == "" {
			e.Unit = unit
		}
	}
	return err
}

// AddProblem adds a problem that concerns the row as a whole.
func (r *Row) AddProblem(kind office.ProblemKind, format string, args ...any) {
	r.Problems = append(r.Problems, office.Problem{Row: r.Number, Kind: kind, Message: fmt.Sprintf(format, args...)})
}
